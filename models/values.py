"""What models take in and give out, beside pictures (uint8 arrays). Torch is not imported here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

TICKS = 480  # of a quarter note
STEP = TICKS // 4  # a sixteenth
DRUMS = (36, 38, 42, 46, 45, 48, 50, 49, 51)  # kick, snare, hats, toms, crash, ride (General MIDI)


class Moment(NamedTuple):
    """When a word is heard, in seconds, and the characters start..end of the text that it says."""

    start: int
    end: int
    begins: float
    ends: float


class Sound(NamedTuple):
    """One channel of sound: `samples` float32 (n,) in -1..1, `rate` in samples a second; of read
    speech the `moments` of its words too."""

    samples: np.ndarray
    rate: int
    moments: tuple[Moment, ...] = ()


class Token(NamedTuple):
    """One piece of a text: what is shown, the chance that the model gave it (0..1), what else it
    thought of with their chances, and whether a person gave it."""

    text: str
    chance: float
    others: tuple[tuple[str, float], ...] = ()
    given: bool = False


class Text(NamedTuple):
    """A text and the pieces that it is made of; joined, they are the text."""

    text: str
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True)
class Track:
    """One part. `rows` int32 (n, 4): start in ticks, pitch 0..127, length in ticks, velocity
    1..127; `program` is General MIDI's instrument 0..127."""

    name: str
    rows: np.ndarray
    program: int = 0
    drums: bool = False


@dataclass(frozen=True)
class Notes:
    """A piece. `tempo` in quarter notes a minute, `bar` and `ticks` (whole length) in ticks."""

    tracks: tuple[Track, ...]
    tempo: float
    ticks: int
    bar: int = 4 * TICKS

    @property
    def seconds(self) -> float:
        return self.ticks / TICKS * 60 / self.tempo


def from_steps(rows: np.ndarray) -> np.ndarray:
    """Rows of sixteenths (n, 5; models.data.songs) -> rows of ticks (n, 4), sorted."""
    made = np.empty((len(rows), 4), np.int32)
    made[:, 0] = np.maximum(rows[:, 0] * STEP + rows[:, 4] * STEP // 100, 0)
    made[:, 1] = rows[:, 1]
    made[:, 2] = rows[:, 2] * STEP
    made[:, 3] = rows[:, 3]
    return made[np.lexsort((made[:, 1], made[:, 0]))]
