"""The half that paints: maps of the eye at three depths and a style's numbers in, a picture out.

Every convolution's answer is brought to mean 0 and spread 1 and given the spread and mean that the
style's code asks for (Dumoulin, Shlens, Kudlur, "A Learned Representation for Artistic Style",
2017, arXiv 1610.07629): statistics of what is painted are what a style is judged by.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.residual import Stage
from models.layers.subpixel import even, shuffled
from models.layers.whole_norm import WholeNorm


class Reader(nn.Module):
    """The published eye's first three stages: (n, 3, h, w) in -1..1 -> maps at 1/2, 1/4, 1/8."""

    def __init__(self, widths: Sequence[int], depths: Sequence[int]):
        super().__init__()
        pairs = zip((3, *widths[:-1]), widths, depths, strict=True)
        self.stages = nn.ModuleList(Stage(a, b, d) for a, b, d in pairs)
        self.register_buffer("mean", torch.zeros(1, 3, 1, 1))
        self.register_buffer("spread", torch.ones(1, 3, 1, 1))
        self.requires_grad_(False)

    def train(self, mode: bool = True) -> Reader:
        """Its statistics never move."""
        return super().train(False)

    def look_through(self, eye: nn.Module) -> None:
        """Take the published eye's weights, where the widths are its own."""
        widths = [stage.down.out_channels for stage in eye.stages]
        if widths[: len(self.stages)] == [stage.down.out_channels for stage in self.stages]:
            self.stages.load_state_dict(eye.stages[: len(self.stages)].state_dict())
            self.mean.copy_(eye.mean)
            self.spread.copy_(eye.spread)

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        x = ((x - self.mean) / self.spread).contiguous(memory_format=torch.channels_last)
        found = []
        for stage in self.stages:
            x = stage(x)
            found.append(x)
        return found


class Told(nn.Module):
    """A convolution whose answer has the spread and mean that a code (n, code) asks for.

    With `up` it answers at twice the side.
    """

    def __init__(self, wide_in: int, wide: int, code: int, up: bool = False):
        super().__init__()
        self.up = up
        self.conv = nn.Conv2d(wide_in, wide * 4 if up else wide, 3, padding=1, bias=False)
        if up:
            even(self.conv)
        self.norm = WholeNorm(wide).requires_grad_(False)
        self.tell = nn.Linear(code, 2 * wide)
        nn.init.normal_(self.tell.weight, std=0.02)
        nn.init.zeros_(self.tell.bias)

    def forward(self, x: torch.Tensor, code: torch.Tensor) -> torch.Tensor:
        y = self.conv(x)
        y = self.norm(shuffled(y) if self.up else y)
        spread, middle = self.tell(code)[:, :, None, None].chunk(2, 1)
        return F.relu(torch.addcmul(middle, y, 1 + spread))


class Decoder(nn.Module):
    """Maps (n, fine, h / 2, w / 2), (n, middle, h / 4, ...), (n, deep, h / 8, ...) and a code
    (n, code) -> pictures (n, 3, h, w), about -1..1"""

    def __init__(self, widths: Sequence[int], code: int):
        super().__init__()
        fine, middle, deep = widths
        self.deep = Told(deep, deep, code)
        self.up_deep = Told(deep, middle, code, up=True)
        self.middle = Told(middle * 2, middle, code)
        self.up_middle = Told(middle, fine, code, up=True)
        self.fine = Told(fine * 2, fine * 2, code)
        self.leave = even(nn.Conv2d(fine * 2, 12, 3, padding=1))

    def forward(self, maps: Sequence[torch.Tensor], code: torch.Tensor) -> torch.Tensor:
        fine, half, deep = maps
        y = self.up_deep(self.deep(deep, code), code)
        y = self.middle(torch.cat([half, y], 1), code)
        y = self.fine(torch.cat([fine, self.up_middle(y, code)], 1), code)
        return shuffled(self.leave(y))


def softened(maps: list[torch.Tensor]) -> list[torch.Tensor]:
    """Without the finest map's grain: a sharp map at half the size is a photograph, however it is
    coloured."""
    return [F.avg_pool2d(maps[0], 3, 1, 1, count_include_pad=False), *maps[1:]]
