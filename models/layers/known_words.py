"""Only words that occur in the training texts are written: no piece is chosen that leads to none.

A vocabulary of sub-words can spell anything, and a small network does ("spinocrossers"). Decoding
alone, nothing is trained for it; a person can turn it off, and the cards say how often made-up
words come without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from models.data.vocabulary import FIRST, WORD, Vocabulary

FAR = 32  # pieces back in which its beginning is looked for
KEPT = 4096  # beginnings whose followers are remembered: 8 MB
NEVER = np.float32(-1e9)


class Lexicon:
    """Which pieces may follow a word's beginning, so that a known word comes out."""

    def __init__(self, vocabulary: Vocabulary, words: Iterable[str]) -> None:
        self.vocabulary, self.words = vocabulary, frozenset(words)
        self.beginnings = {word[:i] for word in self.words for i in range(1, len(word) + 1)}
        pieces = vocabulary.pieces
        self._goes_on = [(i, p) for i, p in enumerate(pieces) if p[:1].isalpha() or p[:1] == "'"]
        self._fresh = [
            (i, p[1:]) for i, p in enumerate(pieces) if p[:1] == " " and p[1:2].isalpha()
        ]
        inner = {i for i, _ in (*self._goes_on, *self._fresh)}
        self._between = np.array([i not in inner for i in range(len(pieces))])
        self._between[[i for i, p in enumerate(pieces) if p == "'"]] = True
        self._between[1:FIRST] = False
        self._after: dict[tuple[str, tuple[str, ...]], np.ndarray | None] = {}

    def after(self, begun: str, also: tuple[str, ...] = ()) -> np.ndarray | None:
        """Which pieces may follow, (pieces,) bool; None where none may, or where the word is a
        person's own and not known. `also`: further words that count as known."""
        key = begun, also
        if key not in self._after:
            if len(self._after) >= KEPT:
                self._after.clear()
            self._after[key] = self._followers(begun, also)
        return self._after[key]

    def _followers(self, begun: str, also: tuple[str, ...]) -> np.ndarray | None:
        def leads(text: str) -> bool:
            return text in self.beginnings or any(word.startswith(text) for word in also)

        def known(text: str) -> bool:
            return not text or text in self.words or text in also

        whole = known(begun) or (begun.endswith("'") and known(begun[:-1]))
        if not whole and not leads(begun):
            return None
        allowed = self._between & whole
        for i, piece in self._goes_on:
            allowed[i] |= leads(begun + piece)
        if whole:
            for i, piece in self._fresh:
                allowed[i] = leads(piece)
        return allowed if allowed.any() else None


class KnownWords:
    """Called before each choice with the pieces so far and their log chances (pieces,)."""

    def __init__(self, lexicon: Lexicon, also: str = "") -> None:
        self.lexicon, self.also = lexicon, tuple(also.lower().split())

    def __call__(self, so_far: Sequence[int], chances: np.ndarray) -> np.ndarray:
        """The log chances without pieces that lead to no known word."""
        text = "".join(self.lexicon.vocabulary.pieces[n] for n in so_far[-FAR:])
        allowed = self.lexicon.after(begun(text), self.also)
        return chances if allowed is None else np.where(allowed, chances, NEVER)


def begun(text: str) -> str:
    """The word that a text breaks off in, with an apostrophe behind it; "" between words."""
    *before, last = ["", *WORD.findall(text)]
    if last[:1] == "'" and before[-1].lstrip().isalpha():
        return before[-1].lstrip() + last
    last = last.lstrip()
    return last if last[:1].isalpha() else ""
