"""Residual blocks of plain 3x3 convolutions, which two cores run faster than separable ones.

He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition", 2016 (arXiv 1512.03385).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    """Two 3x3 convolutions around a short cut; (n, wide, h, w) keeps its shape."""

    def __init__(self, wide: int):
        super().__init__()
        self.first = nn.Conv2d(wide, wide, 3, padding=1, bias=False)
        self.norm_first = nn.BatchNorm2d(wide)
        self.second = nn.Conv2d(wide, wide, 3, padding=1, bias=False)
        self.norm_second = nn.BatchNorm2d(wide)
        nn.init.zeros_(self.norm_second.weight)  # every block begins as the identity

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.norm_first(self.first(x)), inplace=True)
        return F.relu(self.norm_second(self.second(y)).add_(x), inplace=True)


class Stage(nn.Module):
    """Halve the side with a 3x3 convolution, then `depth` blocks."""

    def __init__(self, wide_in: int, wide: int, depth: int):
        super().__init__()
        self.down = nn.Conv2d(wide_in, wide, 3, 2, 1, bias=False)
        self.norm = nn.BatchNorm2d(wide)
        self.blocks = nn.Sequential(*(Block(wide) for _ in range(depth)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.blocks(F.relu(self.norm(self.down(x)), inplace=True))
