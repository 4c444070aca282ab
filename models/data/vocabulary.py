"""Text to numbers and back: sub-words learned by byte-pair encoding, or single characters.

Sennrich, Haddow, Birch, "Neural Machine Translation of Rare Words with Subword Units", ACL 2016
(arXiv 1508.07909), on characters. The order of the pieces is the order of the merges, so that the
list of pieces is all there is to store. Torch is not imported here.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

END, START, UNKNOWN = 0, 1, 2  # numbers that stand for no piece
FIRST = 3  # the number of the first piece
SPECIAL = ("", "", "▯")  # how they are shown
WORD = re.compile(r" ?[^\W\d_]+(?:'[a-z]+)?| ?\d| ?[^\w\s]| ?_|\s")
RAREST = 3  # a character seen less often is unknown
SEPARATOR = "\x1f"  # between pieces when they are stored in one string


class Vocabulary:
    """Pieces of text by number. `spaced`: words carry the space before them (` dog`). `whole`:
    no letters are among them, so that a word is known as a whole or not at all."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = (*SPECIAL, *pieces)
        self.numbers = {piece: FIRST + i for i, piece in enumerate(pieces)}
        self.spaced = any(len(p) > 1 and p[0] == " " for p in pieces)
        self.whole = not any(len(p) == 1 and p.isalpha() for p in pieces)
        self.small = all(p == p.lower() for p in pieces)  # learned without capital letters
        self._known: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.pieces)

    def encode(self, text: str) -> list[int]:
        """The numbers of a text, without START and END; what is not known becomes UNKNOWN."""
        text = text.lower() if self.small else text
        if self.spaced and text[:1].strip():
            text = " " + text
        numbers: list[int] = []
        for word in WORD.findall(text):
            found = self._known.get(word)
            if found is None:
                found = self._word(word)
                if len(self._known) < 100_000:  # a person's text must not grow this for ever
                    self._known[word] = found
            numbers += found
        return numbers

    def decode(self, numbers: Iterable[int]) -> str:
        """The text of numbers, without the space that the first word carries."""
        text = "".join(self.pieces[n] for n in numbers)
        return text[1:] if self.spaced and text[:1] == " " else text

    def _word(self, word: str) -> tuple[int, ...]:
        """Merge neighbours, the earliest learned pair first, until none is a piece."""
        if self.whole:
            return (self.numbers.get(word, UNKNOWN),)
        parts = list(word)
        none = len(self.pieces)
        while len(parts) > 1:
            ranks = [self.numbers.get(a + b, none) for a, b in pairwise(parts)]
            best = min(ranks)
            if best == none:
                break
            i = ranks.index(best)
            parts[i : i + 2] = [parts[i] + parts[i + 1]]
        return tuple(self.numbers.get(part, UNKNOWN) for part in parts)

    def stored(self) -> bytes:
        """All pieces as bytes, for a network's buffer: weights and vocabulary are one file."""
        return SEPARATOR.join(self.pieces[FIRST:]).encode()

    @classmethod
    def restored(cls, data: bytes) -> Vocabulary:
        """The inverse of `stored`."""
        return cls(data.decode().split(SEPARATOR))


def learn_vocabulary(texts: Iterable[str], size: int, characters: bool = False) -> Vocabulary:
    """At most `size` pieces in all: every usual character, then merges, the most frequent first."""
    counts: Counter[str] = Counter()
    spaced = "" if characters else " "
    for text in texts:
        counts.update(WORD.findall(spaced + text))
    letters: Counter[str] = Counter()
    for word, count in counts.items():
        for letter in word:
            letters[letter] += count
    usual = sorted(c for c, n in letters.items() if n >= RAREST and c != SEPARATOR)
    if characters:
        usual = sorted(usual, key=lambda c: -letters[c])[: size - FIRST]
        return Vocabulary(usual)
    return Vocabulary([*usual, *_merges(counts, size - FIRST - len(usual))])


def words_of(texts: Iterable[str], size: int) -> Vocabulary:
    """At most `size` pieces: whole words with the space before them, the most frequent first.

    What occurs only once is left unknown, so that a network learns how likely the unknown is.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(WORD.findall(" " + text))
    lone = {w for w in counts if len(w) == 1 and w.isalpha()}  # would make it a list of letters
    usual = sorted({w for w, n in counts.items() if n > 1} - lone, key=lambda w: (-counts[w], w))
    return Vocabulary(usual[: size - FIRST])


def _merges(counts: Counter[str], wanted: int) -> list[str]:
    """The merged pieces in the order they were found; ties fall to the earlier in the alphabet."""
    words = [list(word) for word in counts]
    weights = list(counts.values())
    pairs: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], set[int]] = defaultdict(set)
    for i, parts in enumerate(words):
        for pair in pairwise(parts):
            pairs[pair] += weights[i]
            where[pair].add(i)
    queue = [(-count, pair) for pair, count in pairs.items()]
    heapq.heapify(queue)
    found: dict[str, None] = {}
    while len(found) < wanted and queue:
        count, pair = heapq.heappop(queue)
        if -count != pairs[pair]:  # counted again since it was put in: the newer entry is there too
            continue
        if -count < RAREST:
            break
        joined = pair[0] + pair[1]
        found[joined] = None  # two pairs may spell the same
        changed: set[tuple[str, str]] = set()
        for i in where.pop(pair):
            parts = words[i]
            words[i] = _join(parts, pair, joined)
            for old in pairwise(parts):
                pairs[old] -= weights[i]
                changed.add(old)
            for new in pairwise(words[i]):
                pairs[new] += weights[i]
                where[new].add(i)
                changed.add(new)
        for other in changed - {pair}:
            if pairs[other] >= RAREST:
                heapq.heappush(queue, (-pairs[other], other))
        pairs[pair] = 0
    return list(found)


def _join(parts: list[str], pair: tuple[str, str], joined: str) -> list[str]:
    merged, i = [], 0
    while i < len(parts):
        if parts[i : i + 2] == [*pair]:
            merged.append(joined)
            i += 2
        else:
            merged.append(parts[i])
            i += 1
    return merged
