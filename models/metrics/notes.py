"""Measures of notes: pitch classes, onset intervals, scales, and how far from real ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.metrics.subject import Subject, row
from models.values import STEP, Notes

MAJOR = np.isin(np.arange(12), (0, 2, 4, 5, 7, 9, 11))
SCALES = np.stack([np.roll(MAJOR, i) for i in range(12)]).astype(np.float64)
LONGEST = 16  # sixteenths between two onsets that are told apart


def pitch_classes(notes: Notes) -> np.ndarray:
    """Share of each pitch class relative to the piece's best major scale, (12,); drums left out.

    Relative, so that pieces in different keys can be compared.
    """
    found = _classes(notes)
    best = int((SCALES @ found).argmax())
    return np.roll(found, -best) / max(found.sum(), 1)


def _classes(notes: Notes) -> np.ndarray:
    found = np.zeros(12)
    for track in notes.tracks:
        if not track.drums:
            np.add.at(found, track.rows[:, 1] % 12, 1)
    return found


def onset_intervals(notes: Notes) -> np.ndarray:
    """Share of each distance between neighbouring onsets of a track in sixteenths, (LONGEST,)"""
    found = np.zeros(LONGEST)
    for track in notes.tracks:
        starts = np.unique((track.rows[:, 0] + STEP // 2) // STEP)
        np.add.at(found, np.clip(np.diff(starts), 1, LONGEST) - 1, 1)
    return found / max(found.sum(), 1)


def scale_share(notes: Notes) -> float:
    """Share of notes that lie in the major scale that holds most of them."""
    found = _classes(notes)
    return float((SCALES @ found).max() / max(found.sum(), 1))


def distance(a: Sequence[np.ndarray], b: Sequence[np.ndarray]) -> float:
    """Total variation, 0..1, between the mean histograms of two sets."""
    return float(np.abs(np.mean(a, 0) - np.mean(b, 0)).sum() / 2)


def distances(
    subject: Subject,
    made: Sequence[Notes],
    real: Sequence[Notes],
    other: Sequence[Notes],
    pitched: bool = True,
) -> list[dict[str, Any]]:
    """Rows: distance to unseen real pieces; the floor is other real pieces against these, the
    baseline knows nothing (all equally often)."""
    rows = []
    kinds = (("pitch-class distance", pitch_classes),) if pitched else ()
    for name, of in (*kinds, ("onset-interval distance", onset_intervals)):
        theirs = [of(n) for n in real]
        facts = {
            "floor": distance([of(n) for n in other], theirs),
            "baseline": distance([np.full_like(theirs[0], 1 / len(theirs[0]))], theirs),
        }
        value = distance([of(n) for n in made], theirs)
        rows.append(row(subject, name, value, "share", "lower", samples=len(made), **facts))
    return rows
