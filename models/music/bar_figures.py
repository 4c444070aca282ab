"""What families that turn bars into latents and back are measured by, on unseen performances."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import torch

from models.metrics import bars
from models.metrics.notes import distances
from models.metrics.subject import Subject
from models.values import Notes

SAMPLES = 512


class Looked(NamedTuple):
    """Windows (n, steps, ...) of two splits, and pieces: samples, and real unseen ones."""

    test: torch.Tensor
    train: torch.Tensor
    made: list[Notes]
    real: list[Notes]


def looked(
    subject: Subject,
    windows: Callable[[str, str, int], np.ndarray],
    shown: Callable[[torch.Tensor], list[Notes]],
    wide: int,
    hits: int | None = None,
) -> tuple[Looked, list[dict[str, Any]]]:
    """What comes back, the bound, smoothness, and how samples differ from unseen windows."""
    steps, network = subject.config.steps, subject.network
    test, train, other = (
        torch.from_numpy(windows(subject.data, split, steps))
        for split in ("test", "train", "validation")
    )
    drawn = torch.Generator().manual_seed(0)
    noise = torch.randn(SAMPLES, network.middle.shape[0], generator=drawn)
    chance = torch.rand(SAMPLES, steps, wide, generator=drawn)
    made = shown(network.write(network.place(noise), chance, torch.ones(SAMPLES)))
    real, again = (shown(x[:: max(1, len(x) // SAMPLES)]) for x in (test, other))
    rows = bars.rows(subject, test, train, wide, hits)
    rows += distances(subject, made, real, again, pitched=hits is None)
    return Looked(test, train, made, real), rows
