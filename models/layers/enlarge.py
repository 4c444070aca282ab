"""What every upscaling family shares: its input, its one extra control, and the way there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from models.family import Asked, Switch, Takes, Tiling, Words

if TYPE_CHECKING:  # families declare what is below, and a declaration is read without torch
    import torch

LIMIT = 16384  # pixels of the longest side
EDGE = 4  # pixels by which colours grow into transparent places

PICTURE = Takes(
    name="picture",
    kind="picture",
    label=Words("Picture", "图片"),
    help=Words("The picture to enlarge; transparency is kept.", "要放大的图片;透明部分会保留。"),
    limit=LIMIT,
    keeps=True,
)

THOROUGH = Switch(
    name="thorough",
    label=Words("Thorough", "精细"),
    help=Words(
        "Enlarges the picture turned and mirrored eight ways and averages: eight times slower, a "
        "little more exact.",
        "将图片以八种旋转和镜像方式分别放大再取平均:慢八倍,略微更准确。",
    ),
)


def tiling(scale: int, reach: int) -> Tiling:
    """The cut for a network that looks `reach` pixels far."""
    return Tiling(PICTURE.name, scale, reach + EDGE)


def size(asked: Asked, scale: int) -> tuple[int, int]:
    """(height, width) of the result."""
    height, width = asked.inputs[PICTURE.name].shape[:2]
    return height * scale, width * scale


def enlarged(network: torch.nn.Module, asked: Sequence[Asked], scale: int, device, *more):
    """A picture (3 | 4, h * scale, w * scale) in -1..1 for each request, every one alone.

    Grey of 16 bits comes back as such: uint16 (h * scale, w * scale, 1).

    `more` goes to the network after the picture.
    """
    return [_one(network, a, scale, device, more) for a in asked]


def _one(network, asked: Asked, scale: int, device, more) -> torch.Tensor | np.ndarray:
    import torch
    import torch.nn.functional as F

    picture = asked.inputs[PICTURE.name]
    if picture.dtype == np.uint16:
        tones = torch.from_numpy(picture[..., 0].astype(np.float32)).to(device) / 32767.5 - 1
        made = _looked(network, tones.expand(1, 3, -1, -1), asked.controls.get("thorough"), more)
        return deep(made[0].mean(0).cpu().numpy())
    given = torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1))).to(device)
    x = given[None].to(torch.float32).div(127.5).sub(1)
    if picture.shape[2] == 4:
        colours = grown(x[:, :3], x[:, 3:] > -1)
        clear = F.interpolate(x[:, 3:], scale_factor=scale, mode="bicubic", align_corners=False)
        made = _looked(network, colours, asked.controls.get("thorough"), more)
        return torch.cat([made, clear], 1)[0].clamp(-1, 1)
    colours = x if picture.shape[2] == 3 else x.expand(-1, 3, -1, -1)
    return _looked(network, colours, asked.controls.get("thorough"), more)[0].clamp(-1, 1)


def deep(tones: np.ndarray) -> np.ndarray:
    """(h, w) in -1..1 -> uint16 (h, w, 1)"""
    return ((tones.clip(-1, 1) + 1) * 32767.5).round().astype(np.uint16)[..., None]


def _looked(network, x: torch.Tensor, thorough: bool | None, more) -> torch.Tensor:
    """x (1, 3, h, w) -> the network's answer, or the mean of its eight answers."""
    from models.layers.eightfold import eightfold

    return eightfold(network, x, *more) if thorough else network(x, *more)


def grown(colours: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    """Colours (1, 3, h, w) spread into the places that are not `there` (1, 1, h, w).

    What lies under full transparency is often black or rubbish, and would leave a dark rim.
    """
    import torch
    import torch.nn.functional as F

    if there.all():
        return colours
    known = there.to(colours.dtype)
    kept = colours * known
    for _ in range(EDGE):
        near = F.avg_pool2d(kept, 3, 1, 1, count_include_pad=False)
        share = F.avg_pool2d(known, 3, 1, 1, count_include_pad=False)
        fresh = (known == 0) & (share > 0)
        kept = torch.where(fresh, near / share.clamp(min=1e-6), kept)
        known = torch.where(fresh, torch.ones_like(known), known)
    return kept
