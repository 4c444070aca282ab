"""The DCGAN generator: a projection to 4x4, then transposed convolutions that double the side."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import nn

from models.layers.steer import Steered


class Generator(Steered):
    """(n, latent) standard normal -> (n, channels, size, size) in -1..1."""

    def __init__(self, config):
        super().__init__(config.directions, config.latent)
        steps = int(math.log2(config.size // 4))
        widths = [min(config.base * 2**i, config.base * 8) for i in range(steps)][::-1]
        self.latent = config.latent
        self.start = nn.ConvTranspose2d(config.latent, widths[0], 4, bias=False)
        self.first = nn.BatchNorm2d(widths[0])
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False) for a, b in pairwise(widths)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) for b in widths[1:])
        self.last = nn.ConvTranspose2d(widths[-1], config.channels, 4, 2, 1)
        for module in self.modules():
            if isinstance(module, nn.ConvTranspose2d):
                nn.init.normal_(module.weight, 0, 0.02)  # the paper's value

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        """z (n, latent) -> picture (n, channels, size, size)"""
        x = self.first(self.start(z[:, :, None, None])).relu()
        for up, norm in zip(self.ups, self.norms, strict=True):
            x = norm(up(x)).relu()
        return self.last(x).tanh()
