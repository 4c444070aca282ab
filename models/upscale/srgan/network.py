"""Two sets of weights of one network, blended by a number, and the critic that made the second."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.upscaler import Upscaler


class Blend(nn.Module):
    """(n, 3, h, w) in -1..1 and 0..1 -> (n, 3, h * scale, w * scale).

    The second network began as a copy of the first, so that weights between them are networks of
    their own: one pass, at every strength.
    """

    def __init__(self, make: Callable[[], Upscaler]):
        super().__init__()
        self.faithful, self.vivid = make(), make()

    def forward(self, x: torch.Tensor, vivid: float = 1.0) -> torch.Tensor:
        """x (n, 3, h, w), how vivid -> (n, 3, h * scale, w * scale)"""
        if vivid == 1.0:
            return self.vivid(x)
        if vivid == 0.0:
            return self.faithful(x)
        one = dict(self.faithful.named_parameters())
        other = dict(self.vivid.named_parameters())
        between = {name: torch.lerp(weight, other[name], vivid) for name, weight in one.items()}
        return torch.func.functional_call(self.vivid, between, (x,))


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
