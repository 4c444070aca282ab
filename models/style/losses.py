"""What a painting is judged by: content at 1/8 without its statistics, style as statistics.

All of it looks through the published eye; statistics of the pixels themselves are added, since the
eye's own maps forgive a wrong colour.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import torch
import torch.nn.functional as F

from models.layers.whole_norm import EPS

CONTENT_DEPTH = 2  # of the eye's four maps

Maps = tuple[torch.Tensor, ...]


class Eye(Protocol):
    """What sees: pictures (n, 3, h, w) in -1..1 -> four maps."""

    def features(self, x: torch.Tensor) -> Maps: ...


class Weights(Protocol):
    """The weight of each loss, by its name."""

    content: float
    style: float
    colour: float
    smooth: float


class Manner(NamedTuple):
    """What style is here: means and spreads (n, width) of the eye's maps, and of the colours
    the mean (n, 3) and the covariance (n, 3, 3)."""

    middles: Maps
    spreads: Maps
    colour: torch.Tensor
    colours: torch.Tensor

    def rows(self, chosen: torch.Tensor) -> Manner:
        """Those of some pictures only."""
        middles, spreads = (tuple(p[chosen] for p in parts) for parts in self[:2])
        return Manner(middles, spreads, self.colour[chosen], self.colours[chosen])

    def average(self) -> Manner:
        """One manner of many pictures, (1, ...)"""
        middles, spreads = (tuple(p.mean(0, True) for p in parts) for parts in self[:2])
        return Manner(middles, spreads, self.colour.mean(0, True), self.colours.mean(0, True))


def manner_of(x: torch.Tensor, maps: Maps) -> Manner:
    """The manner of pictures x (n, 3, h, w), whose maps the eye has seen."""
    pairs = [torch.var_mean(m.float(), (2, 3), unbiased=False) for m in maps]
    flat = x.flatten(2)
    colour = flat.mean(2, keepdim=True)
    colours = (flat - colour) @ (flat - colour).mT / flat.shape[2]
    middles, spreads = tuple(m for _, m in pairs), tuple((v + EPS).sqrt() for v, _ in pairs)
    return Manner(middles, spreads, colour.squeeze(2), colours)


def joined(manners: list[Manner]) -> Manner:
    """Several (n, ...) as one (sum of n, ...)"""
    middles, spreads = (
        tuple(torch.cat(parts) for parts in zip(*(m[i] for m in manners), strict=True))
        for i in (0, 1)
    )
    colour, colours = (torch.cat([m[i] for m in manners]) for i in (2, 3))
    return Manner(middles, spreads, colour, colours)


def style_transfer_loss(
    eye: Eye, made: torch.Tensor, content: Maps, wanted: Manner
) -> dict[str, torch.Tensor]:
    """Losses by name of `made` (n, 3, h, w) against a content's maps and a manner."""
    seen = eye.features(made)
    manner = manner_of(made, seen)
    return {
        "content": content_loss(seen, content),
        "style": style_loss(manner, wanted),
        "colour": colour_loss(manner, wanted),
        "smooth": made.diff(dim=2).abs().mean() + made.diff(dim=3).abs().mean(),
    }


def content_loss(made: Maps, real: Maps) -> torch.Tensor:
    """How differently the map at 1/8 is laid out, whatever its statistics."""
    a, b = (F.instance_norm(maps[CONTENT_DEPTH]) for maps in (made, real))
    return F.mse_loss(a, b)


def style_loss(made: Manner, wanted: Manner) -> torch.Tensor:
    """How far means and spreads of all maps are off, in units of the style's spread."""
    total = 0.0
    for mean_a, spread_a, mean_b, spread_b in zip(*made[:2], *wanted[:2], strict=True):
        unit = spread_b.square().mean(1, keepdim=True)
        gap = (mean_a - mean_b).square() + (spread_a - spread_b).square()
        total = total + (gap / unit).mean()
    return total / len(made.middles)


def colour_loss(made: Manner, wanted: Manner) -> torch.Tensor:
    """Means and covariances of the pixels' colours."""
    apart = (made.colours - wanted.colours).square().mean()
    return F.mse_loss(made.colour, wanted.colour) + apart
