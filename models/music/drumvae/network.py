"""The drum VAE: nine hits a step, each with its loudness and how far it is off the grid."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.bar_vae import RecurrentBars

PARTS = 9
EMBED = 48


class DrumVae(RecurrentBars):
    """hits (n, steps, 27) float32 (models.layers.events.drum_hits) to latents and back."""

    def __init__(self, config, directions: int):
        super().__init__(config, EMBED, directions)
        self.table = nn.Linear(3 * PARTS, EMBED)
        self.says = nn.Linear(config.width, PARTS)
        self.feels = nn.Sequential(
            nn.Linear(config.width + PARTS, config.width // 2),
            nn.GELU(),
            nn.Linear(config.width // 2, 2 * PARTS),
        )

    def embed(self, hits: torch.Tensor) -> torch.Tensor:
        """hits (n, t, 27) -> (n, t, EMBED)"""
        return self.table(hits)

    def shown(self, hits: torch.Tensor) -> torch.Tensor:
        """Half of the windows without touch, so that flat patterns can be read and humanised."""
        if not self.training:
            return hits
        kept = (torch.rand(len(hits), 1, 1, device=hits.device) < 0.5).float()
        return torch.cat([hits[..., :PARTS], kept * hits[..., PARTS:]], 2)

    def told(self, states: torch.Tensor, hits: torch.Tensor) -> torch.Tensor:
        """Nats of each step's hits, and the squared errors of their touch, (n, steps)"""
        on, touch = hits[..., :PARTS], hits[..., PARTS:]
        wrong = F.binary_cross_entropy_with_logits(self.says(states), on, reduction="none").sum(2)
        felt = self.touch(states, on)
        mask = torch.cat([on, on], -1)
        return wrong + 4 * ((felt - touch).square() * mask).sum(2)

    def touch(self, states: torch.Tensor, on: torch.Tensor) -> torch.Tensor:
        """Loudness 0..1 and offset -1..1 of the hits, (..., 18)"""
        loud, off = self.feels(torch.cat([states, on], -1)).chunk(2, -1)
        return torch.cat([loud.sigmoid(), off.tanh()], -1)

    def pick(self, state: torch.Tensor, chance: torch.Tensor, heat: torch.Tensor) -> torch.Tensor:
        """state (n, width), chance (n, PARTS), heat (n,) -> hits (n, 27)"""
        logits = self.says(state).float().cpu()
        warm = (logits / heat.cpu().clamp(min=1e-3)[:, None]).sigmoid()
        on = torch.where(heat.cpu()[:, None] < 1e-3, logits > 0, chance.cpu() < warm).float()
        on = on.to(state.device)
        return torch.cat([on, self.touch(state, on) * torch.cat([on, on], -1)], -1)
