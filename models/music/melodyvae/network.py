"""The melody VAE: events of a tune (models.layers.events), one after another."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.bar_vae import RecurrentBars, choose
from models.layers.events import EVENTS

EMBED = 48


class MelodyVae(RecurrentBars):
    """events (n, steps) int64 0..EVENTS-1 to latents and back."""

    def __init__(self, config, directions: int):
        super().__init__(config, EMBED, directions)
        self.table = nn.Embedding(EVENTS, EMBED)
        self.says = nn.Linear(config.width, EVENTS)

    def embed(self, events: torch.Tensor) -> torch.Tensor:
        """events (n, t) -> (n, t, EMBED)"""
        return self.table(events)

    def told(self, states: torch.Tensor, events: torch.Tensor) -> torch.Tensor:
        """Nats of each event, (n, steps)"""
        return F.cross_entropy(self.says(states).transpose(1, 2), events, reduction="none")

    def pick(self, state: torch.Tensor, chance: torch.Tensor, heat: torch.Tensor) -> torch.Tensor:
        """state (n, width), chance (n, 1), heat (n,) -> events (n,)"""
        return choose(self.says(state), chance[:, 0], heat).to(state.device)
