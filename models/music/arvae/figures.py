"""How well the next two bars are foreseen, and whether tunes come back as real ones do."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from models.metrics.notes import distances, scale_share
from models.metrics.subject import Subject, row
from models.music.melodyvae.lessons import shown

from .lessons import ArLessons
from .piece import written

PIECES, PAIRS = 128, 8  # sixteen bars each
ALIKE = 0.8  # of the steps of two bars, that they count as the same
NOTHING_KNOWN = 0.5 * (1 + np.log(2 * np.pi))  # nats of a standard normal number


@torch.inference_mode()
def rows(subject: Subject) -> list[dict[str, Any]]:
    """`ceiling` stands for real tunes; `baseline` draws every two bars alone."""
    lessons, network = ArLessons(subject.config, subject.data), subject.network
    latents, counts = lessons.read("test")
    told = float(network.loss((latents, counts), None, 0)["loss"])
    drawn = torch.Generator().manual_seed(0)
    noise = torch.randn(PIECES, PAIRS, latents.shape[2], generator=drawn)
    which = torch.rand(PIECES, PAIRS, generator=drawn)
    chance = torch.rand(PIECES, PAIRS, network.vae.steps, 1, generator=drawn)
    nothing = latents[0, :0]
    after = [network.go_on(nothing, n, w, 1.0) for n, w in zip(noise, which, strict=True)]
    made, alone = (
        [written(network, z, c, 0.4) for z, c in zip(rows, chance, strict=True)]
        for rows in (after, noise)
    )
    whole = counts[:, PAIRS - 1] > 0
    real = [t[: PAIRS * network.vae.steps] for t in lessons.tunes_of("test")]
    real = [torch.from_numpy(t).view(PAIRS, -1) for t, w in zip(real, whole, strict=True) if w]
    other = [t[: PAIRS * network.vae.steps] for t in lessons.tunes_of("validation")]
    ours, loose, theirs, others = (
        [shown(torch.as_tensor(x).reshape(1, -1))[0] for x in found]
        for found in (made, alone, real, other)
    )
    return [
        row(subject, "nats a latent number", told, "nats", "lower",
            baseline=float(NOTHING_KNOWN), samples=int(counts.sum())),
        row(subject, "two bars that come back", _back(made), "share", "near",
            ceiling=_back(real), baseline=_back(alone), samples=PIECES * (PAIRS - 1)),
        row(subject, "notes in the best scale", _inside(ours), "share", "higher",
            ceiling=_inside(theirs), baseline=_inside(loose), samples=PIECES),
        *distances(subject, ours, theirs, others),
    ]  # fmt: skip


def _back(tunes: list[torch.Tensor]) -> float:
    """Share of pairs of bars, the first left out, that one before is nearly the same as."""
    found = [
        bool(((tune[:i] == tune[i]).float().mean(1) >= ALIKE).any())
        for tune in tunes
        for i in range(1, len(tune))
    ]
    return float(np.mean(found))


def _inside(pieces: list) -> float:
    return float(np.mean([scale_share(p) for p in pieces]))
