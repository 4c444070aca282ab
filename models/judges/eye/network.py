"""The eye: a small residual network whose features at four depths judge pictures.

Residual blocks: He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition", 2016 (arXiv
1512.03385), with plain 3x3 convolutions.
"""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

SMALLEST = 32  # below this the last map is a single spot


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


class Eye(nn.Module):
    """Pictures (n, 3, h, w), RGB -1..1, both sides at least 32, to features and class scores."""

    def __init__(self, config):
        super().__init__()
        self.stages = nn.ModuleList(
            Stage(a, b, d)
            for (a, b), d in zip(pairwise((3, *config.widths)), config.depths, strict=True)
        )
        self.score = nn.Linear(config.widths[-1], config.classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        # Mean and spread of the training photographs, so that callers hand over plain RGB.
        self.register_buffer("mean", torch.tensor([0.05, -0.02, -0.12]).view(1, 3, 1, 1))
        self.register_buffer("spread", torch.tensor([0.56, 0.55, 0.59]).view(1, 3, 1, 1))

    def features(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """x (n, 3, h, w) -> four maps (n, width, h / 2, w / 2) ... (n, width, h / 16, w / 16)"""
        if x.shape[1] != 3 or min(x.shape[2:]) < SMALLEST:
            raise ValueError(
                f"The eye takes RGB pictures of at least {SMALLEST} px; these are {tuple(x.shape)}."
            )
        x = ((x - self.mean) / self.spread).contiguous(memory_format=torch.channels_last)
        maps = []
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        return tuple(maps)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, 3, h, w) -> class scores (n, classes)"""
        return self.score(self.features(x)[-1].mean((2, 3)))
