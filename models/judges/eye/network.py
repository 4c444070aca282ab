"""The eye: a small residual network whose features at four depths judge pictures."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import nn

from models.layers.residual import Stage

SMALLEST = 32  # below this the last map is a single spot


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
        return self.first(x, len(self.stages))

    def first(self, x: torch.Tensor, depths: int) -> tuple[torch.Tensor, ...]:
        """x (n, 3, h, w) of any size -> the first `depths` maps, all that a loss may need"""
        x = ((x - self.mean) / self.spread).contiguous(memory_format=torch.channels_last)
        maps = []
        for stage in self.stages[:depths]:
            x = stage(x)
            maps.append(x)
        return tuple(maps)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, 3, h, w) -> class scores (n, classes)"""
        return self.score(self.features(x)[-1].mean((2, 3)))
