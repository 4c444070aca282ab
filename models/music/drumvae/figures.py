"""How good a drum VAE is, on performances that it never saw."""

from __future__ import annotations

from typing import Any

import torch

from models.metrics import bars
from models.metrics.notes import distances
from models.metrics.subject import Subject, row

from .lessons import shown, windows
from .network import PARTS
from .piece import humanised

SAMPLES = 512


def rows(subject: Subject) -> list[dict[str, Any]]:
    """What comes back, the bound, smoothness, touch, and how samples differ from unseen ones."""
    steps = subject.config.steps
    test, train, other = (
        torch.from_numpy(windows(subject.data, split, steps)[0])
        for split in ("test", "train", "validation")
    )
    network = subject.network
    drawn = torch.Generator().manual_seed(0)
    noise = torch.randn(SAMPLES, network.middle.shape[0], generator=drawn)
    chance = torch.rand(SAMPLES, steps, PARTS, generator=drawn)
    made = shown(network.write(network.place(noise), chance, torch.ones(SAMPLES)))
    real = shown(test[:: max(1, len(test) // SAMPLES)])
    again = shown(other[:: max(1, len(other) // SAMPLES)])
    return [
        *bars.rows(subject, test, train, PARTS, PARTS),
        *_touch(subject, test[:512], train),
        *distances(subject, made, real, again, pitched=False),
    ]


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
