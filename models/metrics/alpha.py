"""Transparent pictures: pixel art is either there or not, so half-transparent pixels are faults."""

from __future__ import annotations

import numpy as np

from models.metrics.subject import Subject, row

CLEAR, SOLID = 13, 242  # within a twentieth of nothing and of everything


def rows(subject: Subject) -> list[dict]:
    """The share of pixels whose alpha is neither clear nor solid; none for opaque pictures."""
    if getattr(subject.config, "channels", 0) != 4:
        return []
    alpha = subject.made[:, 3]
    half = float(np.mean((alpha > CLEAR) & (alpha < SOLID)))
    return [row(subject, "half-transparent pixels", half, "share", "lower", floor=0.0,
                samples=len(alpha))]  # fmt: skip
