"""Frechet distance of two Gaussians fitted to points (Heusel et al. 2017, arXiv 1706.08500).

With the eye's points it is FD-eye; it is no FID and must not be compared with one.
"""

from __future__ import annotations

import numpy as np


def frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Points (n, d) and (m, d) -> |mean difference|^2 + tr(A + B - 2 (A B)^1/2), at least 0.

    Exact for the two samples, and biased upwards by their size: compare equal counts only.
    """
    if min(len(a), len(b)) < 2:
        raise ValueError(f"A Frechet distance needs two points a side; got {len(a)}, {len(b)}.")
    gap = a.mean(0) - b.mean(0)
    spread_a, spread_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    # tr (A B)^1/2 is that of the symmetric A^1/2 B A^1/2: real eigenvalues, no complex root
    values, vectors = np.linalg.eigh(spread_a)
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    shared = np.sqrt(np.linalg.eigvalsh(root @ spread_b @ root).clip(0)).sum()
    return max(0.0, float(gap @ gap + np.trace(spread_a) + np.trace(spread_b) - 2 * shared))
