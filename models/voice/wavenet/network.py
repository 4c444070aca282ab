"""Dilated causal convolutions over samples; a sample is one of 256 levels (mu-law)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from models.family import Asked
from models.layers.onward import Onward

LEVELS = 256
CLOCK = 4  # waves that tell how much of the sound has passed


class SoundWaveNet(Onward):
    """Levels (n, samples) int64 and wishes (n, wide) -> scores (n, samples, LEVELS) of each."""

    def __init__(self, config):
        super().__init__(config)
        width, wide = config.width, self.conditions.wide
        self.dilations = tuple(2**i for i in range(config.layers))
        self.enter = nn.Linear(1 + 1 + 2 * CLOCK, width)
        self.past = nn.ModuleList(nn.Linear(width, 2 * width, bias=False) for _ in self.dilations)
        self.now = nn.ModuleList(nn.Linear(width, 2 * width) for _ in self.dilations)
        self.wished = nn.ModuleList(nn.Linear(wide, 2 * width, bias=False) for _ in self.dilations)
        self.leave = nn.ModuleList(nn.Linear(width, 2 * width) for _ in self.dilations)
        self.mix = nn.Linear(width, config.inner)
        self.says = nn.Linear(config.inner, LEVELS)
        self.register_buffer("clock", clock(self.spectrum.samples), persistent=False)

    def read(self, sounds: np.ndarray) -> torch.Tensor:
        """(n, samples) -> levels (n, samples), loudest parts at full scale"""
        return levels(torch.from_numpy(sounds / np.abs(sounds).max(1, keepdims=True).clip(1e-3)))

    def forward(self, found: torch.Tensor, wishes: torch.Tensor) -> torch.Tensor:
        """Levels (n, t) and wishes (n, wide) -> scores (n, t, LEVELS)"""
        before = F.pad(value(found)[:, :-1], (1, 0))[..., None]
        clock = self.clock[: found.shape[1]].expand(len(found), -1, -1)
        x = self.enter(torch.cat([before, clock], 2))
        kept = 0.0
        for i, dilation in enumerate(self.dilations):
            early = F.pad(x, (0, 0, dilation, 0))[:, : x.shape[1]]
            inner = self.past[i](early) + self.now[i](x) + self.wished[i](wishes)[:, None]
            signal, gate = inner.chunk(2, 2)
            more, skip = self.leave[i](signal.tanh() * gate.sigmoid()).chunk(2, 2)
            x, kept = x + more, kept + skip
        return self.says(F.gelu(self.mix(F.gelu(kept))))

    def loss(self, batch, recipe, step: float) -> dict[str, torch.Tensor]:
        """batch: levels (n, samples) and labels; nats a sample."""
        found, labels = batch
        scores = self(found, self.conditions.one_hot(labels))
        return {"loss": F.cross_entropy(scores.flatten(0, 1), found.flatten())}

    def sounds(self, chance, wishes: torch.Tensor, asked: Sequence[Asked]) -> torch.Tensor:
        """chance (n, samples) standard normal -> (n, samples)"""
        from .sampling import sample

        heat = np.array([a.controls["spread"] for a in asked])
        found = sample(self, chance.cpu().double().numpy(), wishes.cpu().double().numpy(), heat)
        return value(torch.from_numpy(found).to(chance.device))


def levels(sounds: torch.Tensor) -> torch.Tensor:
    """-1..1 -> 0..255, finer near silence (ITU-T G.711's law)"""
    mu = LEVELS - 1
    bent = sounds.sign() * (mu * sounds.abs()).log1p() / np.log1p(mu)
    return ((bent.clamp(-1, 1) + 1) / 2 * mu).round().long()


def value(found: torch.Tensor) -> torch.Tensor:
    """0..255 -> -1..1"""
    mu = LEVELS - 1
    bent = 2 * found.float() / mu - 1
    return bent.sign() * (bent.abs() * np.log1p(mu)).expm1() / mu


def clock(samples: int) -> torch.Tensor:
    """(samples, 1 + 2 * CLOCK): how much has passed, 0..1, and waves of it"""
    passed = torch.arange(samples)[:, None] / samples
    turns = torch.pi * passed * 2.0 ** torch.arange(CLOCK)
    return torch.cat([passed, turns.sin(), turns.cos()], 1)
