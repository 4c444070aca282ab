"""BLEU as the text-GAN literature computes it, self-BLEU, and how many n-grams differ.

Papineni and others, ACL 2002; smoothing method 1 of Chen and Cherry 2014 (a tenth where nothing
matches). Words and punctuation are tokens of their own.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

Tokens = Sequence[str]
TOKEN = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+(?:'\w+)?|[^\w\s]")
LITTLE = 0.1  # matches where there is none


def tokens(text: str) -> list[str]:
    """Words, punctuation marks and Chinese characters of a text, in small letters."""
    return TOKEN.findall(text.lower())


def grams(text: Tokens, n: int) -> Counter:
    """How often each n-gram occurs."""
    return Counter(zip(*(text[i:] for i in range(n)), strict=False))


class References:
    """Many reference texts: of each n-gram the two largest counts, and who has the first."""

    def __init__(self, texts: Sequence[Tokens], most: int = 5) -> None:
        self.most = most
        self.lengths = Counter(len(text) for text in texts)
        self.tops: list[dict] = [{} for _ in range(most + 1)]
        for number, text in enumerate(texts):
            for n in range(1, most + 1):
                top = self.tops[n]
                for gram, count in grams(text, n).items():
                    first, owner, second = top.get(gram, (0, -1, 0))
                    if count > first:
                        top[gram] = (count, number, first)
                    elif count > second:
                        top[gram] = (first, owner, count)

    def bleu(self, text: Tokens, without: int = -1) -> list[float]:
        """BLEU-1 to BLEU-most of one text; reference `without` is left out (self-BLEU)."""
        logs, found = [], []
        for n in range(1, self.most + 1):
            own = grams(text, n)
            matches = 0
            for gram, count in own.items():
                first, owner, second = self.tops[n].get(gram, (0, -1, 0))
                matches += min(count, second if owner == without else first)
            if n == 1 and not matches:
                return [0.0] * self.most
            logs.append(math.log((matches or LITTLE) / max(1, sum(own.values()))))
            found.append(self._brevity(len(text)) * math.exp(sum(logs) / n))
        return found

    def _brevity(self, length: int) -> float:
        closest = min(self.lengths, key=lambda other: (abs(other - length), other))
        return 1.0 if length >= closest or not length else math.exp(1 - closest / length)


def mean_bleu(texts: Sequence[Tokens], references: References) -> list[float]:
    """The mean over texts of BLEU-1, BLEU-2, ..."""
    rows = [references.bleu(text) for text in texts]
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]


def self_bleu(texts: Sequence[Tokens], most: int = 5) -> list[float]:
    """The mean BLEU of each text against all the others: high where a model repeats itself."""
    all_of_them = References(texts, most)
    rows = [all_of_them.bleu(text, without=i) for i, text in enumerate(texts)]
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]


def distinct(texts: Sequence[Tokens], n: int) -> float:
    """Different n-grams as a share of all n-grams of all texts."""
    total: Counter = Counter()
    for text in texts:
        total.update(grams(text, n))
    return len(total) / max(1, total.total())
