"""One small residual trunk with a head for each column of labels."""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.ground import over
from models.layers.residual import Stage


class LabelReader(nn.Module):
    """Pictures (n, channels, size, size), -1..1, to one tensor of class scores for each column."""

    def __init__(self, config):
        super().__init__()
        seen = min(config.channels, 3)
        self.shape = (config.channels, config.size, config.size)
        self.names = config.names
        self.stages = nn.Sequential(
            *(
                Stage(a, b, d)
                for (a, b), d in zip(pairwise((seen, *config.widths)), config.depths, strict=True)
            )
        )
        side = config.size
        for _ in config.widths:
            side = -(-side // 2)  # what a stride of two with padding one leaves
        self.hidden = nn.Linear(config.widths[-1] * side**2, config.hidden)
        self.heads = nn.ModuleList(nn.Linear(config.hidden, k) for k in config.classes)

    def forward(
        self, x: torch.Tensor, ground: torch.Tensor | float = 1.0
    ) -> tuple[torch.Tensor, ...]:
        """x (n, channels, size, size) -> scores (n, classes) by column.

        Transparent pictures stand on `ground`: white, or (n, 1 | 3, 1, 1) in -1..1.
        """
        if x.shape[1:] != self.shape:
            raise ValueError(f"This judge takes pictures {self.shape}; got {tuple(x.shape[1:])}.")
        if x.shape[1] == 4:
            x = over(x, ground)
        x = self.stages(x.contiguous(memory_format=torch.channels_last))
        x = F.relu(self.hidden(x.flatten(1)))
        return tuple(head(x) for head in self.heads)
