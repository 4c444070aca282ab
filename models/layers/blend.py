"""Two sets of weights of one network, blended by a number."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from models.layers.upscaler import Upscaler


class Blend(nn.Module):
    """(n, 3, h, w) in -1..1 and 0..1 -> (n, 3, h * scale, w * scale).

    `vivid` began as a copy of `faithful` and went on learning, so that weights between them are
    networks of their own: one pass, at every strength.
    """

    def __init__(self, make: Callable[[], Upscaler]):
        super().__init__()
        self.faithful, self.vivid = make().requires_grad_(False), make()

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
