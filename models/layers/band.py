"""A band's bars as a grid of zeros and ones: five tracks on sixteenths, in C major or A minor.

A track of one voice has a column for silence, one a pitch, and one for "a note begins"; the piano
has a column a pitch for what sounds and another for what begins; drums have their hits. So notes
that are repeated stay two notes, which a plain piano roll cannot say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from models.data.songs import LENGTH, PITCH, START, VELOCITY
from models.values import DRUMS, STEP, Notes, Track, from_steps

BAR = 16
SPLIT = 52  # the piano's left hand, below E3, is the bass


class Part(NamedTuple):
    """One track: `low` and how many pitches, where its columns begin, and how loud it plays."""

    name: str
    low: int
    count: int
    begin: int
    loud: int
    kind: str  # voice: one note at a time; chords: many; hits: drums

    @property
    def wide(self) -> int:
        """Columns: silence, pitches and beginnings; pitches twice; or hits."""
        return {"voice": self.count + 2, "chords": 2 * self.count, "hits": self.count}[self.kind]

    @property
    def columns(self) -> slice:
        return slice(self.begin, self.begin + self.wide)


def _parts() -> tuple[Part, ...]:
    found, begin = [], 0
    for name, low, count, loud, kind in (
        ("melody", 55, 34, 96, "voice"),
        ("bridge", 55, 34, 72, "voice"),
        ("piano", SPLIT, 34, 66, "chords"),
        ("bass", 28, SPLIT - 28, 84, "voice"),
        ("drums", 0, len(DRUMS), 84, "hits"),
    ):
        found.append(Part(name, low, count, begin, loud, kind))
        begin += found[-1].wide
    return tuple(found)


PARTS = _parts()
WIDE = PARTS[-1].columns.stop


def inside(part: Part, pitch: np.ndarray) -> np.ndarray:
    """Pitches by octaves into a part's range, counted from its lowest."""
    up = pitch - part.low
    up = np.where(up < 0, up % 12, up)
    return np.where(up >= part.count, part.count - 12 + (up - part.count) % 12, up)


def grid_of(tracks: Sequence[np.ndarray], steps: int, shift: int) -> np.ndarray:
    """Rows (models.data.songs) of melody, second melody and piano -> bool (steps, WIDE).

    `shift` semitones bring them to C; the drums' columns stay empty.
    """
    melody, bridge, piano = tracks
    low = piano[:, PITCH] < SPLIT
    grid = np.zeros((steps, WIDE), bool)
    rows_of = {
        "melody": one_at_a_time(melody),
        "bridge": one_at_a_time(bridge),
        "piano": piano[~low],
        "bass": one_at_a_time(piano[low], lowest=True),
    }
    for part in PARTS[:-1]:
        rows = rows_of[part.name]
        rows = rows[rows[:, START] < steps]
        up, start = inside(part, rows[:, PITCH] + shift), rows[:, START]
        end = np.minimum(start + np.maximum(rows[:, LENGTH], 1), steps)
        change = np.zeros((steps + 1, part.count), np.int32)
        np.add.at(change, (start, up), 1)
        np.add.at(change, (end, up), -1)
        sounds = change.cumsum(0)[:steps] > 0
        begins = np.zeros((steps, part.count), bool)
        begins[start, up] = True
        grid[:, part.columns] = (
            np.concatenate([~sounds.any(1, keepdims=True), sounds, begins.any(1, keepdims=True)], 1)
            if part.kind == "voice"
            else np.concatenate([sounds, begins], 1)
        )
    return grid


def one_at_a_time(rows: np.ndarray, lowest: bool = False) -> np.ndarray:
    """Of notes together the highest (or lowest), each ending where the next begins."""
    rows = rows[np.lexsort((rows[:, PITCH] * (1 if lowest else -1), rows[:, START]))]
    rows = rows[np.append(True, rows[1:, START] != rows[:-1, START])[: len(rows)]].copy()
    room = np.append(rows[1:, START] - rows[:-1, START], rows[-1:, LENGTH])
    rows[:, LENGTH] = np.minimum(rows[:, LENGTH], room)
    return rows


def tracks_of(grid: np.ndarray) -> tuple[Track, ...]:
    """bool (steps, WIDE) -> the five tracks in ticks, in C."""
    return tuple(
        Track(part.name, from_steps(_rows(part, grid[:, part.columns])), drums=part.kind == "hits")
        for part in PARTS
    )


def notes_of(grid: np.ndarray) -> Notes:
    """The same as a piece, as it stands."""
    return Notes(tracks_of(grid), 84, len(grid) * STEP)


def _rows(part: Part, grid: np.ndarray) -> np.ndarray:
    """One part's columns -> rows of a track, (n, 5)."""
    sounds, begins = sounding(part, grid)
    start, up = np.nonzero(begins)
    rows = np.zeros((len(start), 5), np.int32)
    rows[:, START], rows[:, VELOCITY] = start, part.loud
    if part.kind == "hits":
        rows[:, PITCH], rows[:, LENGTH] = np.asarray(DRUMS)[up], 1
        rows[:, VELOCITY] += 14 * (start % 4 == 0) - 12 * (start % 2 == 1)
        return rows
    # A note goes on until its pitch is silent or begins anew.
    ends = np.append(~sounds | begins, np.ones((1, part.count), bool), 0)
    places = np.where(ends, np.arange(len(ends))[:, None], len(ends))
    after = np.minimum.accumulate(places[::-1], 0)[::-1]
    rows[:, LENGTH] = after[start + 1, up] - start
    rows[:, PITCH] = part.low + up
    rows[:, VELOCITY] += 8 * (start % BAR == 0) - 6 * (start % 2 == 1)
    return rows


def sounding(part: Part, grid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Columns of a part (..., steps, wide) -> what sounds and what begins, (..., steps, count)."""
    grid = np.asarray(grid, bool)
    if part.kind == "hits":
        return grid, grid
    if part.kind == "chords":
        sounds, struck = grid[..., : part.count], grid[..., part.count :]
    else:
        sounds, struck = grid[..., 1:-1], grid[..., -1:]
    before = np.zeros_like(sounds)
    before[..., 1:, :] = sounds[..., :-1, :]
    return sounds, sounds & (struck | ~before)
