"""Kernel distance (Binkowski et al. 2018, arXiv 1801.01401): unbiased at any number of pictures."""

from __future__ import annotations

import numpy as np


def kernel_distance(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """Points (n, d) and (m, d) -> squared MMD with the kernel (x y / d + 1)^3, standard error.

    The error is the first-order one of a U-statistic: it counts what both samples leave open.
    """
    n, m = len(a), len(b)
    if min(n, m) < 3:
        raise ValueError(f"A kernel distance needs three points a side; got {n} and {m}.")
    within_a, within_b, across = _kernel(a, a), _kernel(b, b), _kernel(a, b)
    np.fill_diagonal(within_a, 0)
    np.fill_diagonal(within_b, 0)
    of_a = within_a.sum(1) / (n - 1) - across.mean(1)
    of_b = within_b.sum(1) / (m - 1) - across.mean(0)
    error = 2 * np.sqrt(of_a.var(ddof=1) / n + of_b.var(ddof=1) / m)
    return float(of_a.mean() + of_b.mean()), float(error)


def _kernel(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a @ b.T / a.shape[1] + 1) ** 3
