"""Held to the rules of a quatrain while it is written: form, rhyme, characters not used yet.

Honest about what it is: the network says how likely every character is, and these rules then leave
out or weaken some. What the network does by itself is measured beside (`metrics/poems.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from models.data.rhyme import rhymes_of_character
from models.data.vocabulary import END, FIRST, Vocabulary

LINES = {"五绝": 5, "七绝": 7}  # characters of a line by the form's name
MARKS = ("，", "。")
NEVER = np.float32(-1e9)


@lru_cache(maxsize=64)
def _rhyming(pieces: tuple[str, ...], group: str) -> np.ndarray:
    """Which pieces can be read with this rhyme, (pieces,) bool"""
    return np.array([group in rhymes_of_character(p) if len(p) == 1 else False for p in pieces])


class Verse:
    """Called before each choice with the pieces so far and their log chances (pieces,).

    `form` and `rhyme`, the group that lines two and four end with, are held unless `hold` is False;
    `sparing` is how many nats a character loses once it stands in the poem.
    """

    def __init__(
        self, vocabulary: Vocabulary, form: str, rhyme: str, hold: bool, sparing: float
    ) -> None:
        self.hold, self.sparing = hold, np.float32(sparing)
        self.length = LINES[form]
        self.rhyming = _rhyming(vocabulary.pieces, rhyme) if hold else None
        self.marks = [vocabulary.numbers[m] for m in MARKS if m in vocabulary.numbers]

    def __call__(self, so_far: Sequence[int], chances: np.ndarray) -> np.ndarray:
        """The log chances by the rules; the given ones stay as they are."""
        row = chances.copy()
        row[[n for n in set(so_far) if n not in self.marks and n >= FIRST]] -= self.sparing
        if not self.hold or len(self.marks) < len(MARKS):
            return row
        lines = [[]]
        for number in so_far:
            if number in self.marks:
                lines.append([])
            else:
                lines[-1].append(number)
        allowed = self._allowed(lines)
        if allowed.any():
            row[~allowed] = NEVER
        return row

    def _allowed(self, lines: list[list[int]]) -> np.ndarray:
        """Which pieces may follow, (pieces,) bool; `lines` are those so far, the last one open."""
        allowed = np.zeros(len(self.rhyming), bool)
        odd = len(lines) % 2
        if len(lines) > 4:
            allowed[END] = True
        elif len(lines[-1]) >= self.length:
            allowed[self.marks[0 if odd else 1]] = True
        elif len(lines[-1]) == self.length - 1 and not odd:
            allowed |= self.rhyming
            allowed[[line[-1] for line in lines[1:-1:2] if line]] = False
        else:
            allowed[FIRST:] = True
            allowed[self.marks] = False
        return allowed
