"""PSNR and SSIM on the luma as super-resolution papers count them.

Y of ITU-R BT.601 in 16..235 (MATLAB's rgb2ycbcr), a border of `scale` pixels cut off, peak 255.
Wang, Bovik, Sheikh, Simoncelli, "Image Quality Assessment: From Error Visibility to Structural
Similarity", 2004: an 11x11 Gaussian window of 1.5 pixels, only where it lies inside.
"""

from __future__ import annotations

import numpy as np

LUMA = np.array([65.481, 128.553, 24.966]) / 255
WINDOW = np.exp(-((np.arange(11) - 5) ** 2) / (2 * 1.5**2))
WINDOW /= WINDOW.sum()


def luma(picture: np.ndarray) -> np.ndarray:
    """uint8 (h, w, 3) -> Y (h, w) float64 in 16..235"""
    return picture[..., :3].astype(np.float64) @ LUMA + 16


def psnr_y(made: np.ndarray, real: np.ndarray, border: int) -> float:
    """Decibels between two uint8 pictures (h, w, 3) of one size; infinite where they are equal."""
    a, b = _inner(made, real, border)
    error = np.mean((a - b) ** 2)
    return float(10 * np.log10(255**2 / error)) if error else float("inf")


def ssim_y(made: np.ndarray, real: np.ndarray, border: int) -> float:
    """Structural similarity of the luma, at most 1."""
    a, b = _inner(made, real, border)
    mean_a, mean_b = _smooth(a), _smooth(b)
    spread_a = _smooth(a * a) - mean_a**2
    spread_b = _smooth(b * b) - mean_b**2
    both = _smooth(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    likeness = (2 * mean_a * mean_b + c1) * (2 * both + c2)
    return float(np.mean(likeness / ((mean_a**2 + mean_b**2 + c1) * (spread_a + spread_b + c2))))


def _inner(made: np.ndarray, real: np.ndarray, border: int) -> tuple[np.ndarray, np.ndarray]:
    if made.shape[:2] != real.shape[:2]:
        raise ValueError(f"{made.shape[:2]} and {real.shape[:2]} are not the same size")
    cut = slice(border, -border or None)
    return luma(made)[cut, cut], luma(real)[cut, cut]


def _smooth(x: np.ndarray) -> np.ndarray:
    rows = np.lib.stride_tricks.sliding_window_view(x, 11, 0) @ WINDOW
    return np.lib.stride_tricks.sliding_window_view(rows, 11, 1) @ WINDOW
