"""A word that a text shall come to: its pieces become likelier the longer it is missing.

The network still says how well the word fits: where it fits early it comes early. Decoding alone,
nothing is trained for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.data.vocabulary import END, UNKNOWN, Vocabulary

GROWS = 0.2  # nats that the word's first piece gains with every piece written
SOON = 1.0  # nats it has at once
GOES_ON = 12.0  # nats for the piece that completes what was begun
SURELY = 1e6  # nats where the length leaves no other place


class Keyword:
    """Called before each choice with the pieces so far and their log chances (pieces,)."""

    def __init__(self, vocabulary: Vocabulary, word: str, most: int) -> None:
        word = word.strip().lower()
        pieces = vocabulary.encode((" " if vocabulary.spaced else "") + word)
        # No word, or one that cannot be spelt: not even the space before it is wanted then.
        self.wanted = list(pieces) if word and UNKNOWN not in pieces else []
        self.most = most
        self.written = 0

    def __call__(self, so_far: Sequence[int], chances: np.ndarray) -> np.ndarray:
        """The log chances with the word's next piece raised; the given ones stay as they are."""
        self.written += 1
        if not self.wanted or self._there(so_far):
            return chances
        row = chances.copy()
        begun = self._begun(so_far)
        last = self.most - self.written + 1 <= len(self.wanted) - begun  # no room to wait longer
        grown = GOES_ON if begun else SOON + GROWS * self.written
        row[self.wanted[begun]] += SURELY if last else grown
        row[END] -= GOES_ON  # a text does not end before its word
        return row

    def _there(self, so_far: Sequence[int]) -> bool:
        size = len(self.wanted)
        return any(list(so_far[i : i + size]) == self.wanted for i in range(len(so_far) - size + 1))

    def _begun(self, so_far: Sequence[int]) -> int:
        """How many of the word's pieces stand at the end."""
        for size in range(len(self.wanted) - 1, 0, -1):
            if list(so_far[-size:]) == self.wanted[:size]:
                return size
        return 0
