"""A residual trunk that ends in the numbers of a latent."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import nn

from models.layers.residual import Stage


class SpotReader(nn.Module):
    """Pictures (n, channels, size, size) in -1..1 -> spots (n, latent), about standard normal."""

    def __init__(self, config):
        super().__init__()
        self.shape = (config.channels, config.size, config.size)
        widths = (config.channels, *config.widths)
        self.stages = nn.Sequential(
            *(Stage(a, b, d) for (a, b), d in zip(pairwise(widths), config.depths, strict=True))
        )
        side = config.size
        for _ in config.widths:
            side = -(-side // 2)  # what a stride of two with padding one leaves
        self.spot = nn.Linear(config.widths[-1] * side**2, config.latent)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, channels, size, size) -> (n, latent)"""
        if x.shape[1:] != self.shape:
            raise ValueError(f"This network reads pictures {self.shape}; got {tuple(x.shape[1:])}.")
        x = self.stages(x.contiguous(memory_format=torch.channels_last))
        return self.spot(x.flatten(1))
