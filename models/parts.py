"""What a person's notes hold, on the grid of sixteenths: which part is the tune, which a voice."""

from __future__ import annotations

import numpy as np

from models.data.songs import LENGTH, OFF, PITCH, START, VELOCITY
from models.values import STEP, Notes


def on_grid(rows: np.ndarray) -> np.ndarray:
    """Rows of ticks (n, 4) -> rows of sixteenths (n, 5; models.data.songs)"""
    made = np.zeros((len(rows), 5), np.int32)
    made[:, START] = (rows[:, 0] + STEP // 2) // STEP
    made[:, PITCH], made[:, VELOCITY] = rows[:, 1], rows[:, 3]
    made[:, LENGTH] = np.maximum((rows[:, 2] + STEP // 2) // STEP, 1)
    made[:, OFF] = np.clip((rows[:, 0] - made[:, START] * STEP) * 100 // STEP, -50, 50)
    return made


def melody(notes: Notes) -> np.ndarray | None:
    """The part that is likeliest the tune, in sixteenths: high, and one note at a time."""
    parts = [on_grid(t.rows) for t in notes.tracks if not t.drums]
    return max(parts, key=_tuneful, default=None)


def _tuneful(rows: np.ndarray) -> float:
    together = 1 - len(np.unique(rows[:, START])) / len(rows)
    return float(rows[:, PITCH].mean()) - 40 * together + min(len(rows), 16)


def four_voices(notes: Notes) -> list[np.ndarray]:
    """Parts from high to low, in sixteenths, one note at a time; at most four."""
    parts = [on_grid(t.rows) for t in notes.tracks if not t.drums]
    if len(parts) == 1 and len(parts[0]):
        parts = _split(parts[0])
    parts.sort(key=lambda rows: -float(rows[:, PITCH].mean()))
    return parts[:4]


def _split(rows: np.ndarray) -> list[np.ndarray]:
    """Chords of one track as voices: the highest notes, the second highest, and so on."""
    order = np.lexsort((-rows[:, PITCH], rows[:, START]))
    rows = rows[order]
    first = np.searchsorted(rows[:, START], rows[:, START])
    rank = np.arange(len(rows)) - first
    return [rows[rank == i] for i in range(4) if (rank == i).any()]
