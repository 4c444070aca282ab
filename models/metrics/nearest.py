"""Does a model copy? How near its pictures come to training pictures, against real strangers."""

from __future__ import annotations

import numpy as np

from models.metrics.precision_recall import distances

RARE = 0.01  # the closest pair in a hundred of real pictures marks what is suspiciously near


def nearest(made: np.ndarray, train: np.ndarray, part: int = 1024) -> tuple[np.ndarray, np.ndarray]:
    """Layouts (n, d) and (m, d) -> distance (n,) to the nearest training picture, its index (n,)"""
    gaps, places = [], []
    for i in range(0, len(made), part):
        table = distances(made[i : i + part].astype(np.float64), train.astype(np.float64))
        places.append(table.argmin(1))
        gaps.append(table.min(1))
    return np.concatenate(gaps), np.concatenate(places)


def share_copied(made: np.ndarray, held: np.ndarray) -> tuple[float, float]:
    """Nearest distances of made and of real held-out pictures -> share of made that lie nearer
    to a training picture than the closest hundredth of the held-out ones do, and that limit."""
    limit = float(np.quantile(held, RARE))
    return float((made < limit).mean()), limit
