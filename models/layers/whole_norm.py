"""Instance normalisation whose statistics may come from the whole picture, tile by tile.

Ulyanov, Vedaldi, Lempitsky, "Instance Normalization", 2016 (arXiv 1607.08022). A tile that is
normalised by itself gets another contrast than its neighbour; so a picture that is painted in
tiles is first read whole at a smaller size (`statistics`), and its tiles use those numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import nn

EPS = 1e-5


def moments(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """x (n, wide, h, w) -> mean and variance of each channel, float32 (n, wide, 1, 1) each."""
    x = x.float()
    middle = x.mean((2, 3), keepdim=True)  # var_mean takes five times as long in channels_last
    return middle, (x - middle).square().mean((2, 3), keepdim=True)


class WholeNorm(nn.Module):
    """(n, wide, h, w) -> the same, each channel of each picture at its own mean 0 and spread 1."""

    def __init__(self, wide: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(wide))
        self.bias = nn.Parameter(torch.zeros(wide))
        self.reading = False
        self.held: tuple[torch.Tensor, torch.Tensor] | None = None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.held is None and not self.reading:
            return self._alone(x)
        middle, variance = self.measured(x)
        scale = self.weight[:, None, None] / (variance + EPS).sqrt()
        return x * scale + (self.bias[:, None, None] - middle * scale)

    def _alone(self, x: torch.Tensor) -> torch.Tensor:
        """Picture by picture, through batch_norm: it stays in channels_last and is twice as fast.

        torch's instance_norm also has a wrong gradient for one picture in channels_last (2.14).
        """
        parts = [
            nn.functional.batch_norm(one, None, None, self.weight, self.bias, True, 0.0, EPS)
            for one in x.split(1)
        ]
        return parts[0] if len(parts) == 1 else torch.cat(parts)

    def measured(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and variance of x or, for a tile, of the whole picture; each (n, wide, 1, 1)."""
        if self.held is not None and not self.reading:
            return self.held
        middle, variance = moments(x)
        if self.reading:
            self.held = middle, variance
        return middle, variance


Statistics = dict[WholeNorm, tuple[torch.Tensor, torch.Tensor]]


def statistics(network: nn.Module, read: Callable[[], object]) -> Statistics:
    """Means and variances at every normalisation in `read()`, one pass over a whole picture."""
    norms = [m for m in network.modules() if isinstance(m, WholeNorm)]
    try:
        for norm in norms:
            norm.reading = True
        read()
        return {norm: norm.held for norm in norms if norm.held is not None}
    finally:
        for norm in norms:
            norm.reading, norm.held = False, None


@contextmanager
def using(found: Statistics) -> Iterator[None]:
    """Passes inside use these numbers. Not for longer than a pass: networks are shared."""
    try:
        for norm, held in found.items():
            norm.held = held
        yield
    finally:
        for norm in found:
            norm.held = None
