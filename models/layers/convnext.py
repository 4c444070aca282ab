"""ConvNeXt blocks over time (Liu et al. 2022; in one dimension: Siuzdak, "Vocos", ICLR 2024)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


class TimeBlock(nn.Module):
    """(n, time, width) -> the same: a look at 7 neighbours, then a thought at each moment."""

    def __init__(self, width: int, wide: int, dropout: float = 0.0, start: float = 0.3):
        super().__init__()
        self.look = nn.Conv1d(width, width, 7, padding=3, groups=width)
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, wide)
        self.down = nn.Linear(wide, width)
        self.share = nn.Parameter(torch.full((width,), start))
        self.dropout = dropout

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        seen = self.look(x.transpose(1, 2)).transpose(1, 2)
        thought = self.down(F.gelu(self.up(self.norm(seen))))
        return x + F.dropout(self.share * thought, self.dropout, self.training)


class TimeNet(nn.Module):
    """(n, time, given) -> (n, time, width): a first look, then blocks."""

    def __init__(self, given: int, width: int, wide: int, blocks: int, dropout: float = 0.0):
        super().__init__()
        self.first = nn.Conv1d(given, width, 7, padding=3)
        self.norm = nn.LayerNorm(width)
        self.blocks = nn.ModuleList(TimeBlock(width, wide, dropout) for _ in range(blocks))
        self.last = nn.LayerNorm(width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.norm(self.first(x.transpose(1, 2)).transpose(1, 2))
        for block in self.blocks:
            x = block(x)
        return self.last(x)
