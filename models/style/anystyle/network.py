"""The eye reads, statistics are exchanged at three depths, a decoder paints.

Adaptive instance normalisation gives each channel of the content's maps the mean and the spread
that the style's maps have. The deepest map says what is where; the two shallower ones keep edges,
which the deepest alone would blur.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from models.family import Asked
from models.layers.residual import Stage
from models.layers.subpixel import even, shuffled
from models.layers.whole_norm import EPS, WholeNorm

STYLE_SIDE = 320  # pixels of a style picture's longer side: about as close as it was learned from
SMALLEST = 16


class Style(NamedTuple):
    """Mean and spread of every channel at the three depths, each (n, width, 1, 1)."""

    middles: tuple[torch.Tensor, ...]
    spreads: tuple[torch.Tensor, ...]

    def mixed(self, other: Style, share: float) -> Style:
        """`share` of the other style, the rest of this one."""
        return Style(
            *(
                tuple(torch.lerp(a, b, share) for a, b in zip(mine, theirs, strict=True))
                for mine, theirs in zip(self, other, strict=True)
            )
        )


class AnyStyle(nn.Module):
    """Pictures (n, 3, h, w) in -1..1, sides divisible by 8, painted in the manner of others."""

    step = 8
    fade = 0.3  # strength blends statistics; only its lowest part also fades into the picture

    def __init__(self, config):
        super().__init__()
        fine, middle, deep = config.widths
        widths = zip((3, fine, middle), config.widths, config.depths, strict=True)
        self.stages = nn.ModuleList(Stage(a, b, d) for a, b, d in widths)
        self.register_buffer("mean", torch.zeros(1, 3, 1, 1))
        self.register_buffer("spread", torch.ones(1, 3, 1, 1))
        # Plain normalisation, without numbers of its own: the style's take their place.
        self.norms = nn.ModuleList(WholeNorm(w).requires_grad_(False) for w in config.widths)
        self.register_buffer("middles", torch.zeros(config.gallery, sum(config.widths)))
        self.register_buffer("spreads", torch.ones(config.gallery, sum(config.widths)))
        self.deep = nn.Conv2d(deep, deep, 3, padding=1)
        self.up_deep = even(nn.Conv2d(deep, middle * 4, 3, padding=1))
        self.middle = nn.Conv2d(middle * 2, middle, 3, padding=1)
        self.up_middle = even(nn.Conv2d(middle, fine * 4, 3, padding=1))
        self.fine = nn.Conv2d(fine * 2, fine * 2, 3, padding=1)
        self.leave = even(nn.Conv2d(fine * 2, 12, 3, padding=1))
        self.stages.requires_grad_(False)  # the encoder is the eye as it was published

    def train(self, mode: bool = True) -> AnyStyle:
        """The encoder's statistics never move."""
        super().train(mode)
        self.stages.eval()
        return self

    def look_through(self, eye: nn.Module) -> None:
        """Take the published eye's first three stages as the encoder."""
        self.stages.load_state_dict(eye.stages[:3].state_dict())
        self.mean.copy_(eye.mean)
        self.spread.copy_(eye.spread)

    def maps(self, x: torch.Tensor) -> list[torch.Tensor]:
        """x (n, 3, h, w) -> maps at 1/2, 1/4 and 1/8 of the side"""
        x = ((x - self.mean) / self.spread).contiguous(memory_format=torch.channels_last)
        found = []
        for stage in self.stages:
            x = stage(x)
            found.append(x)
        return found

    def style(self, x: torch.Tensor) -> Style:
        """x (n, 3, h, w) -> its statistics"""
        pairs = [torch.var_mean(m, (2, 3), unbiased=False, keepdim=True) for m in self.maps(x)]
        return Style(
            tuple(middle for _, middle in pairs), tuple((v + EPS).sqrt() for v, _ in pairs)
        )

    def learn_by_heart(self, paths: Sequence[Path]) -> None:
        """Keep the statistics of these pictures, so that they need not be read again."""
        for row, path in enumerate(paths):
            with Image.open(path) as picture, torch.no_grad():
                found = self.style(as_style(np.asarray(picture.convert("RGB"))))
            for kept, parts in zip((self.middles, self.spreads), found, strict=True):
                kept[row] = torch.cat([p.flatten() for p in parts])

    def known(self, row: int) -> Style:
        """The style of one work of the gallery."""
        widths = [len(norm.weight) for norm in self.norms]
        return Style(
            *(
                tuple(p[None, :, None, None] for p in kept[row].split(widths))
                for kept in (self.middles, self.spreads)
            )
        )

    def turn(self, asked: Asked, names: Sequence[str]) -> Callable[[torch.Tensor], torch.Tensor]:
        """A pass with style, blend and strength as they were asked for."""
        wishes = asked.controls
        own = asked.inputs.get("own_style")
        if own is None:
            style = self.known(names.index(wishes["style"]))
        else:
            style = self.style(as_style(own).to(self.mean.device))
        if wishes["blend"]:
            style = style.mixed(self.known(names.index(wishes["second"])), wishes["blend"])
        return lambda x: self(x, style, wishes["strength"])

    def forward(self, x: torch.Tensor, style: Style, strength: float = 1.0) -> torch.Tensor:
        """x (n, 3, h, w) and a style -> (n, 3, h, w); strength 0 paints x as it is"""
        if x.shape[1] != 3 or x.shape[2] % self.step or x.shape[3] % self.step:
            raise ValueError(f"RGB with sides divisible by {self.step} is needed: {x.shape}.")
        found = self.maps(x)
        # Without its grain: a sharp map at half the size is a photograph, however it is coloured.
        found[0] = F.avg_pool2d(found[0], 3, 1, 1, count_include_pad=False)
        given = []
        for m, norm, middle, spread in zip(found, self.norms, *style, strict=True):
            given.append(torch.lerp(m, norm(m) * spread + middle, strength))
        fine, half, deep = given
        y = F.relu(self.deep(deep))
        y = F.relu(shuffled(self.up_deep(y)))
        y = F.relu(self.middle(torch.cat([half, y], 1)))
        y = F.relu(shuffled(self.up_middle(y)))
        y = F.relu(self.fine(torch.cat([fine, y], 1)))
        return shuffled(self.leave(y))


def as_style(picture: np.ndarray) -> torch.Tensor:
    """uint8 (h, w, 1 | 3 | 4) -> (1, 3, h, w) in -1..1 of about STYLE_SIDE pixels, on white."""
    image = Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture)
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    scale = STYLE_SIDE / max(image.size)
    sides = [max(SMALLEST, round(side * scale)) for side in image.size]
    image = image.convert("RGB").resize(sides, Image.Resampling.LANCZOS)
    return torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float() / 127.5 - 1
