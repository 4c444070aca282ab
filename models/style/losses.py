"""What a painting is judged by: content at 1/8 without its statistics, style as statistics.

All of it looks through the published eye; statistics of the pixels themselves are added, since the
eye's own maps forgive a wrong colour.
"""

from __future__ import annotations

from typing import Protocol

import torch
import torch.nn.functional as F

from models.layers.whole_norm import EPS

CONTENT_DEPTH = 2  # of the eye's four maps

Maps = tuple[torch.Tensor, ...]


class Weights(Protocol):
    """The weight of each loss, by its name."""

    content: float
    style: float
    colour: float
    smooth: float


def style_transfer_loss(
    eye: torch.nn.Module, made: torch.Tensor, content: Maps, style: Maps, wanted: torch.Tensor
) -> dict[str, torch.Tensor]:
    """Losses by name of `made` (n, 3, h, w) against the maps of content and style pictures."""
    seen = eye.features(made)
    return {
        "content": content_loss(seen, content),
        "style": style_loss(seen, style),
        "colour": colour_loss(made, wanted),
        "smooth": made.diff(dim=2).abs().mean() + made.diff(dim=3).abs().mean(),
    }


def content_loss(made: Maps, real: Maps) -> torch.Tensor:
    """How differently the map at 1/8 is laid out, whatever its statistics."""
    a, b = (F.instance_norm(maps[CONTENT_DEPTH]) for maps in (made, real))
    return F.mse_loss(a, b)


def style_loss(made: Maps, style: Maps) -> torch.Tensor:
    """How far means and spreads of all maps are off, in units of the style's spread."""
    total = 0.0
    for a, b in zip(made, style, strict=True):
        (var_a, mean_a), (var_b, mean_b) = (
            torch.var_mean(m.float(), (2, 3), unbiased=False) for m in (a, b)
        )
        unit = var_b.mean(1, keepdim=True) + EPS
        spreads = ((var_a + EPS).sqrt() - (var_b + EPS).sqrt()).square()
        total = total + (((mean_a - mean_b).square() + spreads) / unit).mean()
    return total / len(made)


def colour_loss(made: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Means and covariances of the pixels' colours."""
    (middle_a, spread_a), (middle_b, spread_b) = _colours(made), _colours(wanted)
    return F.mse_loss(middle_a, middle_b) + (spread_a - spread_b).square().mean()


def _colours(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    flat = x.flatten(2)
    middle = flat.mean(2, keepdim=True)
    return middle, (flat - middle) @ (flat - middle).mT / flat.shape[2]
