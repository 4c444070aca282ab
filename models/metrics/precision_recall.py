"""Improved precision and recall (Kynkaanniemi et al. 2019, arXiv 1904.06991), k = 3."""

from __future__ import annotations

import numpy as np

NEIGHBOURS = 3


def precision_recall(real: np.ndarray, made: np.ndarray) -> tuple[float, float]:
    """Points (n, d) and (m, d) -> share of made inside the real set, share of real inside the made.

    A set is the union of balls around its points, each reaching to its third neighbour.
    """
    if min(len(real), len(made)) <= NEIGHBOURS:
        raise ValueError(f"Precision needs more than {NEIGHBOURS} points; got {len(made)}.")
    gaps = distances(made, real)
    precision = (gaps <= _reach(real)[None]).any(1).mean()
    recall = (gaps <= _reach(made)[:, None]).any(0).mean()
    return float(precision), float(recall)


def distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(n, d), (m, d) -> Euclidean distances (n, m)."""
    squared = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    return np.sqrt(squared.clip(0))


def _reach(points: np.ndarray) -> np.ndarray:
    gaps = distances(points, points)
    np.fill_diagonal(gaps, 0)  # rounding must not push a point away from itself
    return np.partition(gaps, NEIGHBOURS, axis=1)[:, NEIGHBOURS]
