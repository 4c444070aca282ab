"""What the eye sees of pictures: points for distances between sets, layouts for single pictures.

Points: the maps at 1/8 and 1/16 of the side (128 + 256 channels), averaged over the picture, each
channel in units of its spread over real training pictures, then a fixed random projection to 128
numbers, fewer than the smallest test set has pictures. Layouts: the same two maps on a 4x4 grid
with unit length at every spot (as in Zhang et al., "The Unreasonable Effectiveness of Deep Features
as a Perceptual Metric", 2018, arXiv 1801.03924), projected to 512 numbers.
Everything is float32, eager and on the CPU, so that figures do not move.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from models.judges.eye.network import Eye
from models.layers.ground import over
from models.learning.pause import RUNS

SIDE = 64  # every picture is shown to the eye at this side, so that sizes can be compared
DEPTHS = (2, 3)  # of the four maps: 1/8 and 1/16
POINT = 128
LAYOUT = 512
GRID = 4
BATCH = 128


class Looks(NamedTuple):
    """What the eye saw of n pictures, float32: pooled (n, channels) and layout (n, 512)."""

    pooled: np.ndarray
    layout: np.ndarray


class Scale(NamedTuple):
    """Middle and spread of the pooled features of real training pictures."""

    middle: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, pooled: np.ndarray) -> Scale:
        wide = pooled.astype(np.float64)
        return cls(wide.mean(0), wide.std(0) + 1e-6)

    def points(self, pooled: np.ndarray) -> np.ndarray:
        """Pooled features (n, channels) -> points (n, 128), float64."""
        units = (pooled.astype(np.float64) - self.middle) / self.spread
        wide = units.shape[1]
        return units @ _projection(0, wide, min(POINT, wide))


def shown(x: torch.Tensor) -> torch.Tensor:
    """Float pictures (n, 1 | 3 | 4, h, w) in -1..1 as the eye gets them: RGB on white, 64 px."""
    if x.shape[1] == 4:
        x = over(x)
    if x.shape[-2:] != (SIDE, SIDE):
        x = F.interpolate(x, size=(SIDE, SIDE), mode="bicubic", antialias=True).clamp(-1, 1)
    return x.expand(-1, 3, -1, -1)


def layout(eye: Eye, x: torch.Tensor) -> torch.Tensor:
    """Float pictures (n, 1 | 3 | 4, h, w) in -1..1 -> (n, channels * 16); gradients reach x.

    The Euclidean distance of two of them is the eye distance of two pictures, 0 to 2.83.
    """
    return _layout([eye.features(shown(x))[d] for d in DEPTHS])


def look(eye: Eye, pictures: np.ndarray) -> Looks:
    """uint8 pictures (n, 1 | 3 | 4, h, w) -> Looks."""
    pooled, laid = [], []
    with torch.inference_mode():
        for part in torch.from_numpy(pictures).split(BATCH):
            found = eye.features(shown(part.float() / 127.5 - 1))
            maps = [found[d].float() for d in DEPTHS]
            pooled.append(torch.cat([m.mean((2, 3)) for m in maps], 1).numpy())
            spots = _layout(maps).numpy()
            # times sqrt(wide / 512): distances stay what they were, give or take three per cent
            wide = spots.shape[1]
            laid.append(spots @ _projection(1, wide, LAYOUT) * np.float32((wide / LAYOUT) ** 0.5))
    return Looks(np.concatenate(pooled), np.concatenate(laid))


def look_once(eye: Eye, revision: str, pictures: np.ndarray) -> Looks:
    """`look`, kept below runs/looks by the hash of the eye and of the pictures themselves."""
    key = hashlib.sha256(f"{revision} {SIDE} {DEPTHS} {LAYOUT} {pictures.shape}".encode())
    key.update(np.ascontiguousarray(pictures).tobytes())
    path = RUNS / "looks" / f"{key.hexdigest()[:24]}.npz"
    if path.exists():
        with np.load(path) as kept:
            return Looks(kept["pooled"], kept["layout"])
    seen = look(eye, pictures)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, pooled=seen.pooled, layout=seen.layout)
    return seen


def _layout(maps: list[torch.Tensor]) -> torch.Tensor:
    """Maps (n, c, h, w) -> (n, sum of c * 16), every map of length one."""
    rows = [F.normalize(F.adaptive_avg_pool2d(m.float(), GRID), dim=1, eps=1e-6) for m in maps]
    return torch.cat([r.flatten(1) for r in rows], 1) / GRID


@lru_cache(maxsize=4)
def _projection(seed: int, wide: int, narrow: int) -> np.ndarray:
    """Normal numbers (wide, narrow) of spread 1 / sqrt(wide): unit features give unit points.

    RandomState's stream is frozen by its authors, so that the projection never changes.
    """
    drawn = np.random.RandomState(seed).standard_normal((wide, narrow)) / wide**0.5
    return drawn.astype(np.float32)
