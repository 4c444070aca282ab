"""Notes as networks read them: one event a sixteenth for a melody, nine hits for drums.

A melody is a row of events: 0 goes on (a note or a silence), 1 falls silent, 2 and up begin the
note of pitch LOW + event - 2. Adam Roberts and others, "A Hierarchical Latent Vector Model for
Learning Long-Term Structure in Music", ICML 2018 (MusicVAE), count the same way.
"""

from __future__ import annotations

import numpy as np

from models.data.songs import LENGTH, OFF, PITCH, START, VELOCITY
from models.values import DRUMS

HOLD, REST, FIRST = 0, 1, 2
LOW, HIGH = 48, 91  # C3 to G6: 44 pitches; what lies outside is moved by octaves
EVENTS = FIRST + HIGH - LOW + 1


def fold(pitch: np.ndarray) -> np.ndarray:
    """Pitches moved by octaves into LOW..HIGH."""
    pitch = np.where(pitch < LOW, pitch + 12 * -((pitch - LOW) // 12), pitch)
    return np.where(pitch > HIGH, pitch - 12 * -((HIGH - pitch) // 12), pitch)


def melody_events(rows: np.ndarray, steps: int) -> np.ndarray:
    """Rows of a track (see Song) -> events (steps,) int64; of notes together the highest counts."""
    events = np.zeros(steps, np.int64)
    events[:1] = REST
    order = np.lexsort((rows[:, PITCH], rows[:, START]))
    rows = rows[order]
    rows = rows[(rows[:, START] >= 0) & (rows[:, START] < steps)]
    last = np.append(rows[1:, START] != rows[:-1, START], True) if len(rows) else slice(0)
    rows = rows[last]
    ends = np.append(rows[1:, START], steps) if len(rows) else rows[:, START]
    for (start, pitch, length), end in zip(
        rows[:, [START, PITCH, LENGTH]].tolist(), ends.tolist(), strict=True
    ):
        events[start] = FIRST + int(fold(np.int64(pitch))) - LOW
        if start + length < end:
            events[start + length] = REST
    return events


def melody_rows(events: np.ndarray, velocity: int = 92) -> np.ndarray:
    """Events (steps,) -> rows of a track, (n, 5)."""
    starts = np.nonzero(events >= FIRST)[0]
    changes = np.append(np.nonzero(events != HOLD)[0], len(events))
    ends = changes[np.searchsorted(changes, starts, "right")]
    rows = np.zeros((len(starts), 5), np.int32)
    rows[:, START], rows[:, LENGTH] = starts, ends - starts
    rows[:, PITCH] = events[starts] - FIRST + LOW
    rows[:, VELOCITY] = velocity
    return rows


def opened(events: np.ndarray, start: int, steps: int) -> np.ndarray:
    """A window that begins with what sounds at its start, so that it can be read alone."""
    window = events[start : start + steps].copy()
    if window[0] == HOLD:
        before = np.nonzero(events[:start])[0]
        window[0] = events[before[-1]] if len(before) else REST
    return window


def drum_hits(tracks: tuple[np.ndarray, ...], steps: int) -> np.ndarray:
    """Nine tracks (see Song) -> (steps, 27) float32: hit 0/1, loudness 0..1, offset -1..1 each."""
    hits = np.zeros((steps, 27), np.float32)
    for part, rows in enumerate(tracks):
        rows = rows[rows[:, START] < steps]
        hits[rows[:, START], part] = 1
        hits[rows[:, START], 9 + part] = rows[:, VELOCITY] / 127
        hits[rows[:, START], 18 + part] = rows[:, OFF] / 50
    return hits


def drum_rows(hits: np.ndarray) -> np.ndarray:
    """(steps, 27) -> rows of one drum track, (n, 5), each hit one sixteenth long."""
    start, part = np.nonzero(hits[:, :9] > 0.5)
    rows = np.zeros((len(start), 5), np.int32)
    rows[:, START], rows[:, LENGTH] = start, 1
    rows[:, PITCH] = np.asarray(DRUMS)[part]
    rows[:, VELOCITY] = np.clip(np.rint(hits[start, 9 + part] * 127), 1, 127)
    rows[:, OFF] = np.clip(np.rint(hits[start, 18 + part] * 50), -50, 50)
    return rows
