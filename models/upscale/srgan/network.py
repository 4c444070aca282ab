"""The critic that asks for texture."""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn


class PatchCritic(nn.Module):
    """(n, 3, h, w) in -1..1 -> (n, 1, h / 8, w / 8): how real each neighbourhood looks."""

    def __init__(self, base: int):
        super().__init__()
        widths = (3, base, 2 * base, 4 * base)
        self.layers = nn.ModuleList(
            nn.utils.parametrizations.spectral_norm(nn.Conv2d(a, b, 4, 2, 1))
            for a, b in pairwise(widths)
        )
        self.score = nn.utils.parametrizations.spectral_norm(nn.Conv2d(widths[-1], 1, 3, padding=1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, 3, h, w) -> (n, 1, h / 8, w / 8)"""
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2)
        return self.score(x)
