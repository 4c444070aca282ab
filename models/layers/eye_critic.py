"""A critic that also sees with the eye: heads on the frozen eye's maps beside the critic of pixels.

Sauer, Chitta, Müller, Geiger, "Projected GANs Converge Faster", 2021 (arXiv 2111.01007). What takes
a critic long to learn, what things look like, the eye knows already. Its last map is left out: it
is the one by which FD-eye measures.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.critic import GAIN, Critic, EqualConv, deviation

DEPTHS = 3  # of the eye's four maps
WIDE = 64


class EyeCritic(nn.Module):
    """(n, 3, size, size) in -1..1 -> (n, 1 + DEPTHS) scores, the critic of pixels first.

    `eye` stays as it is, and out of the saved state.
    """

    def __init__(self, pixels: Critic, eye: nn.Module):
        super().__init__()
        self._eye = (eye.requires_grad_(False),)
        self.pixels = pixels
        widths = [m.shape[1] for m in self._maps(torch.zeros(1, 3, 64, 64))]
        self.heads = nn.ModuleList(Head(wide) for wide in widths)

    def forward(self, x: torch.Tensor, labels: torch.Tensor | None = None) -> torch.Tensor:
        """x (n, 3, size, size) -> (n, 1 + DEPTHS)"""
        pairs = zip(self.heads, self._maps(x), strict=True)
        return torch.stack([self.pixels(x, labels), *(head(seen) for head, seen in pairs)], 1)

    def _maps(self, x: torch.Tensor) -> list[torch.Tensor]:
        (eye,) = self._eye
        x = (x - eye.mean) / eye.spread
        maps = []
        for stage in eye.stages[:DEPTHS]:
            x = stage(x)
            maps.append(x)
        return maps


class Head(nn.Module):
    """One map (n, wide, h, w) -> (n,): the mean opinion of all its places."""

    def __init__(self, wide: int):
        super().__init__()
        self.mix = EqualConv(wide, WIDE, 1, 1, 0, GAIN)
        self.look = EqualConv(WIDE, WIDE, 4, 2, 1, GAIN)
        self.last = EqualConv(WIDE + 1, 1, 3, 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x * (x.float().square().mean((1, 2, 3), keepdim=True) + 1e-8).rsqrt().to(x.dtype)
        x = F.leaky_relu(self.look(F.leaky_relu(self.mix(x), 0.2)), 0.2)
        x = torch.cat([x, deviation(x)], 1).contiguous(memory_format=torch.channels_last)
        return self.last(x).mean((1, 2, 3))
