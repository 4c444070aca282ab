"""How good a drum VAE is, on performances that it never saw."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from models.metrics.subject import Subject, row
from models.music.bar_figures import looked

from .lessons import shown, windows
from .network import PARTS
from .piece import humanised


def rows(subject: Subject) -> list[dict[str, Any]]:
    """What every such family is measured by, and the touch."""
    found, rows = looked(subject, _windows, shown, PARTS, PARTS)
    return [*rows, *_touch(subject, found.test[:512], found.train)]


def _windows(data: str, split: str, steps: int) -> np.ndarray:
    return windows(data, split, steps)[0]


@torch.inference_mode()
def _touch(subject: Subject, test: torch.Tensor, train: torch.Tensor) -> list[dict[str, Any]]:
    """Errors of loudness and timing that are given to flat hits; baseline: each drum's mean."""
    on = test[..., :PARTS] > 0
    made = humanised(subject.network, test)
    found = []
    for name, at, unit in (("loudness", PARTS, "of full"), ("timing", 2 * PARTS, "half steps")):
        theirs = test[..., at : at + PARTS]
        ours = made[..., at : at + PARTS]
        hit = train[..., :PARTS] > 0
        mean = (train[..., at : at + PARTS] * hit).sum((0, 1)) / hit.sum((0, 1)).clamp(min=1)
        base = (mean.expand_as(theirs) - theirs)[on].square().mean().sqrt()
        value = (ours - theirs)[on].square().mean().sqrt()
        found.append(
            row(subject, f"error of a given {name}", float(value), unit, "lower",
                baseline=float(base), samples=len(test))
        )  # fmt: skip
    return found
