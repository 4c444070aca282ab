"""How good the tune writer is, on folk tunes that it never saw."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from models.answer import answer, default_asked
from models.layers.events import EVENTS
from models.metrics.notes import distances, scale_share
from models.metrics.subject import Subject, row
from models.values import Notes

from .lessons import SPAN, songs, window
from .network import CHORDS
from .piece import arranged

BARS, BAR = 8, 16
SAMPLES = 32


@torch.inference_mode()
def rows(subject: Subject) -> list[dict[str, Any]]:
    """Nats of tune and chords, beside a Markov chain's, and how samples differ from real tunes."""
    test, train = songs(subject.data, "test"), songs(subject.data, "train")
    parts = [torch.from_numpy(np.stack(p)) for p in zip(*map(_begin, test), strict=True)]
    events, chords, facts, counts = parts
    harmony, tune = subject.network.nats(events, chords, facts)
    found = [float((x * counts).sum() / counts.sum()) for x in (tune, harmony)]
    base = [markov(train, test, i, size) for i, size in ((0, EVENTS), (1, CHORDS))]
    real, other = (_real(songs(subject.data, split)) for split in ("test", "validation"))
    made = [_sample(subject, seed) for seed in range(SAMPLES)]
    inside = float(np.mean([scale_share(n) for n in made]))
    return [
        *(
            row(subject, f"nats a sixteenth, {name}", value, "nats", "lower", baseline=b,
                samples=len(test))
            for name, value, b in zip(("tune", "chords"), found, base, strict=True)
        ),
        row(
            subject, "notes in the best scale", inside, "share", "higher",
            ceiling=float(np.mean([scale_share(n) for n in real])), samples=len(made),
        ),
        *distances(subject, made, real, other),
    ]  # fmt: skip


def _begin(song):
    return window(song, 0, SPAN, False)


def markov(train: list, test: list, which: int, size: int) -> float:
    """Nats a step of a chain over what came last (held steps counted), counts plus a tenth."""
    counts = np.full((size, size), 0.1)
    for song in train:
        x = song[which]
        np.add.at(counts, (np.append(0, x[:-1]), x), 1)
    nats = -np.log(counts / counts.sum(1, keepdims=True))
    cut = [song[which][:SPAN] for song in test]
    return float(sum(nats[np.append(0, x[:-1]), x].sum() for x in cut) / sum(map(len, cut)))


def _real(found: list) -> list[Notes]:
    steps = BARS * BAR
    return [arranged(e[:steps], c[:steps], bar) for e, c, bar, _ in found if bar == BAR]


def _sample(subject: Subject, seed: int) -> Notes:
    asked = default_asked(subject.family, subject.config, seed, heat=1.0, human=0.0, bars=BARS)
    return answer(subject.network, subject.family, subject.config, [asked])[0]
