"""Held to the rules of a quatrain while it is written: the rhyme, and characters not used yet.

Honest about what it is: the network says how likely every character is, and these rules then leave
out or weaken some. What the network does by itself is measured beside (`metrics/poems.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from models.data.rhyme import rhymes_of_character
from models.data.vocabulary import FIRST, Vocabulary

LINES = {"五绝": 5, "七绝": 7}  # characters of a line by the form's name
MARKS = ("，", "。")
NEVER = np.float32(-1e9)


@lru_cache(maxsize=64)
def _rhyming(pieces: tuple[str, ...], group: str) -> np.ndarray:
    """Which pieces can be read with this rhyme, (pieces,) bool"""
    return np.array([group in rhymes_of_character(p) if len(p) == 1 else False for p in pieces])


class Verse:
    """Called before each choice with the pieces so far and their log chances (pieces,).

    `rhyme` is the group that lines two and four end with, None where nothing is held; `sparing` is
    how many nats a character loses once it stands in the poem.
    """

    def __init__(
        self, vocabulary: Vocabulary, form: str, rhyme: str | None, sparing: float
    ) -> None:
        self.vocabulary, self.sparing = vocabulary, np.float32(sparing)
        self.length = LINES[form]
        self.rhyming = None if rhyme is None else _rhyming(vocabulary.pieces, rhyme)
        self.marks = {vocabulary.numbers[m] for m in MARKS if m in vocabulary.numbers}

    def __call__(self, so_far: Sequence[int], chances: np.ndarray) -> np.ndarray:
        """The log chances by the rules; the given ones stay as they are."""
        row = chances.copy()
        used = [n for n in set(so_far) - self.marks if n >= FIRST]
        row[used] -= self.sparing
        lines = [[]]
        for number in so_far:
            if number in self.marks:
                lines.append([])
            else:
                lines[-1].append(number)
        even, ends = len(lines) % 2 == 0, len(lines[-1]) == self.length - 1
        if even and ends and self.rhyming is not None:
            allowed = self.rhyming.copy()
            allowed[[line[-1] for line in lines[1:-1:2] if line]] = False
            if allowed.any():
                row[~allowed] = NEVER
        return row
