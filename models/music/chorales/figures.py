"""How good a chorale network is: nats on the standard test pieces, and whether it keeps a tune."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from models.answer import answer, default_asked
from models.data.songs import load_songs
from models.metrics.notes import distances, scale_share
from models.metrics.subject import Subject, row
from models.values import TICKS, Notes, Track, from_steps

from .lessons import notes, voices, whole_pieces
from .network import SOUNDS, VOICES

KEPT = 16  # Bach sopranos that are harmonised
BARS = 8
BAR = 4 * TICKS


@torch.inference_mode()
def rows(subject: Subject) -> list[dict[str, Any]]:
    """Nats a step (quarter notes, all voices), soprano kept, and how samples sound."""
    songs = load_songs(subject.data, "test")
    pieces = [voices(s, 4) for s in songs]
    found = _nats(subject.network, pieces)
    baseline = markov(load_songs(subject.data, "train"), pieces)
    kept = [_keeps(subject, song) for song in songs[:KEPT]]
    made = [_sample(subject, seed) for seed in range(24)]
    real = [notes(voices(s, 2)[:64], 2) for s in songs]
    other = [notes(voices(s, 2)[:64], 2) for s in load_songs(subject.data, "validation")]
    scale = np.mean([scale_share(n) for n in made])
    return [
        row(
            subject, "nats a quarter-note step", found, "nats", "lower", baseline=baseline,
            samples=len(pieces),
        ),
        row(subject, "soprano kept when harmonised", float(np.mean(kept)), "share", "higher"),
        row(
            subject, "notes in the best scale", float(scale), "share", "higher",
            ceiling=float(np.mean([scale_share(n) for n in real])), samples=len(made),
        ),
        *distances(subject, made, real, other),
    ]  # fmt: skip


def _nats(network, pieces: list[np.ndarray]) -> float:
    """Mean over all steps of all pieces; nothing is told about key, mode or length."""
    x, facts, counts = whole_pieces(pieces, 4)
    return float((network.nats(x, facts) * counts).sum() / counts.sum())


def markov(songs: list, pieces: list[np.ndarray]) -> float:
    """The floor under all networks: each voice by its own last pitch (counts plus a tenth)."""
    counts = np.full((VOICES, SOUNDS, SOUNDS), 0.1)
    for song in songs:
        x = voices(song, 4)
        for v in range(VOICES):
            np.add.at(counts[v], (np.append(0, x[:-1, v]), x[:, v]), 1)
    nats = -np.log(counts / counts.sum(2, keepdims=True))
    total = sum(nats[v][np.append(0, x[:-1, v]), x[:, v]].sum() for x in pieces for v in range(4))
    return float(total / sum(map(len, pieces)))


def _keeps(subject: Subject, song) -> float:
    """Whether a harmonised soprano comes back note for note."""
    soprano = from_steps(song.tracks[0])
    soprano = soprano[soprano[:, 0] < BARS * BAR]
    soprano[:, 2] = np.minimum(soprano[:, 2], BARS * BAR - soprano[:, 0])
    given = Notes((Track("tune", soprano),), 90, BARS * BAR)
    asked = default_asked(subject.family, subject.config, 1, human=0.0, bars=BARS)
    asked = asked._replace(inputs={"tune": given})
    made = answer(subject.network, subject.family, subject.config, [asked])[0]
    ours = made.tracks[0].rows[:, :3]
    return float(np.array_equal(ours, soprano[:, :3]))


def _sample(subject: Subject, seed: int) -> Notes:
    controls = {"human": 0.0, "heat": 1.0, "key": "any", "mode": "any", "bars": BARS}
    asked = default_asked(subject.family, subject.config, seed, **controls)
    return answer(subject.network, subject.family, subject.config, [asked])[0]
