"""How good a band is: five figures beside the data's own, and what becomes of wishes."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from models.layers.band import PARTS
from models.metrics.band import chroma, figures, stuck
from models.metrics.subject import Subject, row

from .lessons import CONDITIONS, BandLessons
from .network import latent_size

SAMPLES = 2048
SHOWN = 32


@torch.inference_mode()
def rows(subject: Subject) -> list[dict[str, Any]]:
    """`ceiling` is the training data's own figure, `baseline` that of tracks put together at
    random (each from another phrase)."""
    train = BandLessons("train")
    real, wanted = train.some(SAMPLES)
    drawn = torch.Generator().manual_seed(0)
    noise = torch.randn(SAMPLES, latent_size(subject.config), generator=drawn)
    told = bool(subject.config.conditions)
    made = torch.cat([
        subject.network(z, w if told else None)
        for z, w in zip(noise.split(128), wanted.split(128), strict=True)
    ]).numpy() > 0.5  # fmt: skip
    real = real.numpy() > 0.5
    ours, theirs, loose = figures(made), figures(real), figures(_shuffled(real))
    found = [
        row(subject, name, ours[name], "", "near", ceiling=theirs[name], baseline=loose[name],
            samples=SAMPLES)
        for name in ours
    ]  # fmt: skip
    worst = max(abs(ours[name] / theirs[name] - 1) for name in ours)
    found.append(row(subject, "largest of five deviations", worst, "share", "lower"))
    found.append(
        row(subject, "phrases with an empty or stuck track", float(stuck(made).mean()), "share",
            "lower", floor=float(stuck(real).mean()), samples=SAMPLES)
    )  # fmt: skip
    return found + (_obeyed(subject, train, made, wanted.numpy()) if told else [])


def _shuffled(real: np.ndarray) -> np.ndarray:
    mixed, drawn = real.copy(), np.random.RandomState(0)
    for part in PARTS:
        mixed[..., part.columns] = real[drawn.permutation(len(real))][..., part.columns]
    return mixed


def _obeyed(subject: Subject, train: BandLessons, made: np.ndarray, wanted: np.ndarray) -> list:
    """Correlation of what was wished for with what came; mode as a judge of pitch classes reads it,
    which is right on so much of the real held-out phrases (ceiling)."""
    came = train.facts(made)
    found = []
    for i, name in enumerate(CONDITIONS[1:], 1):
        value = float(np.corrcoef(wanted[:, i], came[:, i - 1])[0, 1])
        found.append(
            row(subject, f"wish followed: {name}", value, "correlation", "higher", ceiling=1.0,
                baseline=0.0, samples=len(made))
        )  # fmt: skip
    judge = _mode_judge(train)
    real, theirs = BandLessons("test").some(SAMPLES)
    right = [
        float((judge(x) == (facts[:, 0] > 0)).mean())
        for x, facts in ((made, wanted), (real.numpy() > 0.5, theirs.numpy()))
    ]
    found.append(
        row(subject, "wish followed: mode", right[0], "share", "higher", ceiling=right[1],
            baseline=0.5, samples=len(made))
    )  # fmt: skip
    return found


def _mode_judge(train: BandLessons):
    """Least squares from the pitch classes of each track to minor or not, on real phrases."""
    real, facts = train.some(2 * SAMPLES)
    told = _judged(real.numpy() > 0.5)
    weights = np.linalg.lstsq(told, facts[:, 0].numpy(), rcond=None)[0]
    return lambda grid: _judged(grid) @ weights > 0


def _judged(grid: np.ndarray) -> np.ndarray:
    found = [np.ones((len(grid), 1))]
    for part in PARTS[:-1]:
        first = part.begin + (part.kind == "voice")
        classes = chroma(part, grid[..., first : first + part.count].sum(1))
        found.append(classes / np.maximum(classes.sum(1, keepdims=True), 1))
    return np.concatenate(found, 1)
