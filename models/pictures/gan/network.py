"""Generator and critic as multi-layer perceptrons."""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.steer import Steered


class Generator(Steered):
    """(n, latent) standard normal -> (n, channels, size, size) in -1..1."""

    def __init__(self, config):
        super().__init__(config.directions, config.latent)
        self.shape = (config.channels, config.size, config.size)
        wides = [config.latent, *config.widths]
        self.layers = nn.ModuleList(nn.Linear(a, b, bias=False) for a, b in pairwise(wides))
        self.norms = nn.ModuleList(nn.BatchNorm1d(b) for b in wides[1:])
        self.last = nn.Linear(wides[-1], config.channels * config.size**2)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        """z (n, latent) -> picture (n, channels, size, size)"""
        for layer, norm in zip(self.layers, self.norms, strict=True):
            z = F.leaky_relu(norm(layer(z)), 0.2)
        return self.last(z).tanh().view(-1, *self.shape)


class Critic(nn.Module):
    """(n, channels, size, size) in -1..1 -> (n,) scores; dropout keeps it from rote learning."""

    def __init__(self, pixels: int, wide: int):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(pixels, wide), nn.Linear(wide, wide // 2)])
        self.score = nn.Linear(wide // 2, 1)

    def forward(self, x: torch.Tensor, labels: torch.Tensor | None = None) -> torch.Tensor:
        """x (n, channels, size, size) -> (n,)"""
        x = x.flatten(1)
        for layer in self.layers:
            x = F.dropout(F.leaky_relu(layer(x), 0.2), 0.3, self.training)
        return self.score(x).squeeze(1)
