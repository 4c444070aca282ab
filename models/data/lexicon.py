"""The words of a collection of texts, as a network keeps them beside its vocabulary of pieces.

Torch is not imported here.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable

from models.data.vocabulary import WORD

OFTEN = 2  # what stands in the texts only once may be a slip


def known_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words that occur at least `OFTEN` times, sorted."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.lstrip() for word in WORD.findall(text))
    return tuple(sorted(w for w, n in counts.items() if n >= OFTEN and w[:1].isalpha()))


def packed(words: Iterable[str]) -> bytes:
    """Sorted words as bytes, for a network's buffer."""
    return zlib.compress("\n".join(words).encode(), 9)


def unpacked(data: bytes) -> tuple[str, ...]:
    """The inverse of `packed`."""
    return tuple(zlib.decompress(data).decode().split("\n"))
