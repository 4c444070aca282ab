"""The melody VAE: events of a tune (models.layers.events), one after another.

The encoder is convolutional and the decoder is told the latent unfolded in time, so that thirteen
minutes on one core are enough.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.bar_vae import BarVae, choose
from models.layers.events import EVENTS

EMBED = 48
CONTEXT = 64  # numbers that the latent tells the decoder at each step


class MelodyVae(BarVae):
    """events (n, steps) int64 0..EVENTS-1 to latents and back."""

    def __init__(self, config, directions: int):
        super().__init__(config, directions)
        base, latent, steps = config.base, config.latent, config.steps
        self.where = nn.Parameter(torch.randn(steps, EMBED) * 0.1)
        self.reads = nn.ModuleList(
            (
                nn.Conv1d(EMBED, base, 3, 1, 1),
                nn.Conv1d(base, base, 4, 2, 1),
                nn.Conv1d(base, 2 * base, 4, 2, 1),
            )
        )
        self.mean_spread = nn.Linear(2 * base * steps // 4, 2 * latent)
        self.unfold = nn.Linear(latent, 2 * base * steps // 4)
        self.writes = nn.ModuleList(
            (
                nn.ConvTranspose1d(2 * base, base, 4, 2, 1),
                nn.ConvTranspose1d(base, CONTEXT, 4, 2, 1),
            )
        )
        self.goes_on = nn.GRU(CONTEXT + EMBED, config.width, batch_first=True)
        self.table = nn.Embedding(EVENTS, EMBED)
        self.says = nn.Linear(config.width, EVENTS)

    def encode(self, events: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """events (n, steps, ...) -> mean and log variance of the latents, (n, latent) each"""
        x = (self.embed(events) + self.where).transpose(1, 2)
        for read in self.reads:
            x = F.gelu(read(x))
        mean, spread = self.mean_spread(x.flatten(1)).chunk(2, 1)
        return mean, spread.clamp(-12, 4)

    def context(self, z: torch.Tensor) -> torch.Tensor:
        """latents (n, latent) -> what they say about each step, (n, steps, CONTEXT)"""
        x = F.gelu(self.unfold(z)).view(len(z), -1, self.steps // 4)
        first, last = self.writes
        return last(F.gelu(first(x))).transpose(1, 2)

    def states(self, z: torch.Tensor, events: torch.Tensor, drop: float = 0.0) -> torch.Tensor:
        """The decoder's state at each step, told all events before it, (n, steps, width).

        `drop` of these events are hidden, so that the latent has to know them.
        """
        before = F.pad(self.embed(events)[:, :-1], (0, 0, 1, 0))
        if drop:
            before = before * (torch.rand(before.shape[:2], device=z.device) >= drop)[..., None]
        return self.goes_on(torch.cat([self.context(z), before], 2))[0]

    @torch.inference_mode()
    def write(self, z: torch.Tensor, chance: torch.Tensor, heat: torch.Tensor) -> torch.Tensor:
        """latents (n, latent) -> events, step by step.

        `chance` (n, steps, k) uniform 0..1 decides each pick, `heat` (n,) how daring it is: 0 is
        the likeliest event.
        """
        # The GRU's own arithmetic, with what does not change from step to step done once: a module
        # call for every step costs four times as much as its numbers.
        memory, width = self.goes_on, self.goes_on.hidden_size
        told = self.context(z) @ memory.weight_ih_l0[:, :CONTEXT].T + memory.bias_ih_l0
        own, kept = memory.weight_ih_l0[:, CONTEXT:].T, memory.weight_hh_l0.T
        state = torch.zeros(len(z), width, device=z.device)
        before, made = torch.zeros(len(z), EMBED, device=z.device), []
        for step in range(self.steps):
            heard = torch.addmm(told[:, step], before, own)
            past = torch.addmm(memory.bias_hh_l0, state, kept)
            gates = (heard[:, : 2 * width] + past[:, : 2 * width]).sigmoid()
            fresh = torch.addcmul(heard[:, 2 * width :], gates[:, :width], past[:, 2 * width :])
            state = torch.lerp(fresh.tanh(), state, gates[:, width:])
            made.append(self.pick(state, chance[:, step], heat))
            before = self.embed(made[-1])
        return torch.stack(made, 1)

    def embed(self, events: torch.Tensor) -> torch.Tensor:
        """events (n, t) -> (n, t, EMBED)"""
        return self.table(events)

    def told(self, states: torch.Tensor, events: torch.Tensor) -> torch.Tensor:
        """Nats of each event, (n, steps)"""
        return F.cross_entropy(self.says(states).transpose(1, 2), events, reduction="none")

    def pick(self, state: torch.Tensor, chance: torch.Tensor, heat: torch.Tensor) -> torch.Tensor:
        """state (n, width), chance (n, 1), heat (n,) -> events (n,)"""
        return choose(self.says(state), chance[:, 0], heat).to(state.device)
