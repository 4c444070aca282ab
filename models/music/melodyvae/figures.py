"""How good a melody VAE is, on windows of tunes that it never saw."""

from __future__ import annotations

from typing import Any

import torch

from models.metrics import bars
from models.metrics.notes import distances, scale_share
from models.metrics.subject import Subject, row

from .lessons import shown, windows

SAMPLES = 512


def rows(subject: Subject) -> list[dict[str, Any]]:
    """What comes back, the bound, smoothness, and how samples differ from unseen tunes."""
    steps = subject.config.steps
    test, train, other = (
        torch.from_numpy(windows(subject.data, split, steps))
        for split in ("test", "train", "validation")
    )
    network = subject.network
    drawn = torch.Generator().manual_seed(0)
    noise = torch.randn(SAMPLES, network.middle.shape[0], generator=drawn)
    chance = torch.rand(SAMPLES, steps, 1, generator=drawn)
    made = shown(network.write(network.place(noise), chance, torch.ones(SAMPLES)))
    real = shown(test[:: max(1, len(test) // SAMPLES)])
    again = shown(other[:: max(1, len(other) // SAMPLES)])
    inside = sum(map(scale_share, made)) / len(made)
    ceiling = sum(map(scale_share, real)) / len(real)
    return [
        *bars.rows(subject, test, train, 1),
        row(
            subject, "notes in the best scale", inside, "share", "higher", ceiling=ceiling,
            samples=len(made),
        ),
        *distances(subject, made, real, again),
    ]  # fmt: skip
