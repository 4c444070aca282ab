"""The eye reads, statistics are exchanged at three depths, a decoder paints.

Adaptive instance normalisation gives each channel of the content's maps the mean and the spread
that the style's maps have. The deepest map says what is where; the two shallower ones keep edges,
which the deepest alone would blur. The same statistics, as a code, steer the decoder (Ghiasi et
al., "Exploring the structure of a real-time, arbitrary neural artistic stylization network", 2017,
arXiv 1705.06830).
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
from models.layers.whole_norm import EPS, WholeNorm, moments
from models.style.decoder import Decoder, Reader, softened

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

    def flat(self) -> torch.Tensor:
        """(n, 2 x all widths)"""
        return torch.cat([p.flatten(1) for parts in self for p in parts], 1)


class AnyStyle(nn.Module):
    """Pictures (n, 3, h, w) in -1..1, sides divisible by 8, painted in the manner of others."""

    step = 8
    margin = 64  # with 32, faint lines stood beside every edge: the deepest map sees that far
    fade = 0.3  # strength blends statistics; only its lowest part also fades into the picture

    def __init__(self, config):
        super().__init__()
        self.reader = Reader(config.widths, config.depths)
        # Plain normalisation, without numbers of its own: the style's take their place.
        self.norms = nn.ModuleList(WholeNorm(w).requires_grad_(False) for w in config.widths)
        every = sum(config.widths)
        self.register_buffer("middles", torch.zeros(config.gallery, every))
        self.register_buffer("spreads", torch.ones(config.gallery, every))
        # Usual statistics of styles, so that a code starts from numbers around zero.
        self.register_buffer("usual", torch.cat([torch.zeros(every), torch.ones(every)]))
        self.register_buffer("varies", torch.ones(2 * every))
        self.code = nn.Linear(2 * every, config.code)
        self.decoder = Decoder(config.widths, config.code)

    def style(self, x: torch.Tensor) -> Style:
        """x (n, 3, h, w) -> its statistics"""
        pairs = [moments(m) for m in self.reader(x)]
        return Style(
            tuple(middle for middle, _ in pairs), tuple((v + EPS).sqrt() for _, v in pairs)
        )

    @torch.no_grad()
    def expect(self, style: Style) -> None:
        """Take these many styles as what is usual."""
        numbers = style.flat()
        self.usual.copy_(numbers.mean(0))
        self.varies.copy_(numbers.std(0).clamp(min=1e-3))

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
            style = self.style(as_style(own).to(self.usual.device))
        if wishes["blend"]:
            style = style.mixed(self.known(names.index(wishes["second"])), wishes["blend"])
        return lambda x: self(x, style, wishes["strength"])

    def forward(self, x: torch.Tensor, style: Style, strength: float = 1.0) -> torch.Tensor:
        """x (n, 3, h, w) and a style -> (n, 3, h, w); strength 0 paints x as it is"""
        if x.shape[1] != 3 or x.shape[2] % self.step or x.shape[3] % self.step:
            raise ValueError(f"RGB with sides divisible by {self.step} is needed: {x.shape}.")
        maps = softened(self.reader(x))
        read = [norm.measured(m) for norm, m in zip(self.norms, maps, strict=True)]
        own = Style(tuple(m for m, _ in read), tuple((v + EPS).sqrt() for _, v in read))
        style = own.mixed(style, strength)
        numbers = (style.flat() - self.usual) / self.varies
        code = F.relu(self.code(numbers.clamp(-5, 5)))
        given = [
            (m - middle) * (spread / own_spread) + wanted
            for m, middle, own_spread, wanted, spread in zip(maps, *own, *style, strict=True)
        ]
        return self.decoder(given, code)


def as_style(picture: np.ndarray) -> torch.Tensor:
    """uint8 (h, w, 1 | 3 | 4) -> (1, 3, h, w) in -1..1 of about STYLE_SIDE pixels, on white."""
    image = Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture)
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    scale = STYLE_SIDE / max(image.size)
    sides = [max(SMALLEST, round(side * scale)) for side in image.size]
    image = image.convert("RGB").resize(sides, Image.Resampling.LANCZOS)
    return torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float() / 127.5 - 1
