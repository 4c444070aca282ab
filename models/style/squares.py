"""Squares of pictures for networks that paint: which pictures, and how close they are cut."""

from __future__ import annotations

import torch

from models.data import load_pictures
from models.learning.cycle import reach_of, squares


def cut(
    pictures: torch.Tensor, count: int, side: int, nearest: float, farthest: float
) -> torch.Tensor:
    """`count` random squares that show between `nearest` and `farthest` of a picture's side.

    Floats -1..1, (count, 3, side, side); never enlarged.
    """
    full = pictures.shape[-1]
    side = min(side, full)
    reach = reach_of(side, max(side, int(full * farthest)), nearest / farthest)
    return squares(pictures, count, side, reach)


def pictures_of(name: str, size: int, device, split: str = "train") -> torch.Tensor:
    """uint8 (n, 3, size, size) of a data set: paintings only where it has photographs and sketches
    too."""
    found = load_pictures(name, size, split, 3)
    if "domain" in found.names and "monet" in found.names["domain"]:  # not the photographs
        wanted = found.names["domain"].index("monet")
        return torch.from_numpy(found.pictures[found.labels["domain"] == wanted]).to(device)
    if "label" in found.names:
        kept = [n for n, name in enumerate(found.names["label"]) if "sketch" not in name]
        chosen = [i for i, n in enumerate(found.labels["label"]) if n in kept]
        return torch.from_numpy(found.pictures[chosen]).to(device)
    return torch.from_numpy(found.pictures).to(device)


def unseen(name: str, device, split: str, size: int = 128) -> torch.Tensor:
    """Held-out pictures, or training ones where a small folder has too few."""
    try:
        return pictures_of(name, size, device, split)
    except ValueError:
        return pictures_of(name, size, device)
