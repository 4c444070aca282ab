"""Instance normalisation whose statistics may come from the whole picture, tile by tile.

Ulyanov, Vedaldi, Lempitsky, "Instance Normalization", 2016 (arXiv 1607.08022). A tile that is
normalised by itself gets another contrast than its neighbour; so a picture that is painted in
tiles is first read whole at a smaller size (`remembered`), and its tiles use those numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import nn

EPS = 1e-5


class WholeNorm(nn.Module):
    """(n, wide, h, w) -> the same, each channel of each picture at its own mean 0 and spread 1."""

    def __init__(self, wide: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(wide))
        self.bias = nn.Parameter(torch.zeros(wide))
        self.reading = False
        self.held: tuple[torch.Tensor, torch.Tensor] | None = None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.reading:
            variance, middle = torch.var_mean(x, (2, 3), unbiased=False, keepdim=True)
            self.held = middle, variance
        if self.held is None:
            return nn.functional.instance_norm(x, weight=self.weight, bias=self.bias, eps=EPS)
        middle, variance = self.held
        scale = self.weight[:, None, None] / (variance + EPS).sqrt()
        return x * scale + (self.bias[:, None, None] - middle * scale)


@contextmanager
def remembered(network: nn.Module, read: Callable[[], object]) -> Iterator[None]:
    """`read()` is one pass over the whole picture; passes inside the context use its statistics."""
    norms = [m for m in network.modules() if isinstance(m, WholeNorm)]
    try:
        for norm in norms:
            norm.reading = True
        read()
        for norm in norms:
            norm.reading = False
        yield
    finally:
        for norm in norms:
            norm.reading, norm.held = False, None
