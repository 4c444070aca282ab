"""The sentences of a data set that are nearest to a text: is a sample memorised?

Nearest by the cosine of rare shared words; what tells of copying is the longest row of words that
both have in common. No torch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from models.data.texts import load_texts

SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*[\"'”’]?")
TOKEN = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+(?:'\w+)?")
LONG = 300  # characters: longer texts are compared sentence by sentence
LOOKED_AT = 12  # sentences of a long text
CANDIDATES = 30  # whose longest common row is counted


class Near(NamedTuple):
    """A sentence that was asked about, the training sentence nearest to it, how many words in a row
    they share, and how many words the asked one has."""

    asked: str
    found: str
    row: int
    words: int


def sentences(text: str) -> list[str]:
    """A short text as it is; of a long one its sentences."""
    if len(text) <= LONG:
        return [text.strip()] if text.strip() else []
    return [s for found in SENTENCE.findall(text) if len(TOKEN.findall(s := found.strip())) > 2]


def words(text: str) -> list[str]:
    """Words, or Chinese characters, in small letters."""
    return TOKEN.findall(text.lower())


class Kin:
    """An index over sentences: which of them hold a word."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.sentences = list(dict.fromkeys(s for text in texts for s in sentences(text)))
        self.numbers: dict[str, int] = {}
        rows, columns = [], []
        for i, sentence in enumerate(self.sentences):
            for word in set(words(sentence)):
                rows.append(self.numbers.setdefault(word, len(self.numbers)))
                columns.append(i)
        word_of, sentence_of = np.array(rows, np.int32), np.array(columns, np.int32)
        order = np.argsort(word_of, kind="stable")
        self.members = sentence_of[order]  # sentences of word 0, then of word 1, ...
        self.starts = np.searchsorted(word_of[order], np.arange(len(self.numbers) + 1))
        held = np.diff(self.starts)
        self.weights = np.log(1 + len(self.sentences) / np.maximum(held, 1)).astype(np.float32)
        squares = np.bincount(sentence_of, self.weights[word_of] ** 2, len(self.sentences))
        self.lengths = np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)

    def nearest(self, text: str) -> list[Near]:
        """For each sentence of the text its nearest training sentence, the most copied first."""
        found = [self._one(sentence) for sentence in sentences(text)[:LOOKED_AT]]
        return sorted((n for n in found if n), key=lambda n: -n.row / n.words)

    def _one(self, sentence: str) -> Near | None:
        asked = words(sentence)
        known = {self.numbers[w] for w in asked if w in self.numbers}
        if not known:
            return None
        scores = np.zeros(len(self.sentences), np.float32)
        for number in known:
            here = self.members[self.starts[number] : self.starts[number + 1]]
            scores[here] += self.weights[number] ** 2
        scores /= self.lengths
        best = np.argsort(-scores, kind="stable")[:CANDIDATES]
        rows = [common_row(asked, words(self.sentences[i])) for i in best]
        k = max(range(len(best)), key=lambda j: (rows[j], scores[best[j]]))
        return Near(sentence, self.sentences[best[k]], rows[k], len(asked))


def common_row(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words the longest row has that both share."""
    best, row = 0, [0] * (len(b) + 1)
    for word in a:
        row = [0, *(row[j] + 1 if word == b[j] else 0 for j in range(len(b)))]
        best = max(best, *row)
    return best


@lru_cache(maxsize=2)
def kin_of(name: str) -> Kin:
    """The index of a data set's training texts. FileNotFoundError where they are not here."""
    return Kin(load_texts(name).texts)
