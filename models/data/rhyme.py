"""The rhyme of a Chinese quatrain: the pinyin final that its even lines end with, in groups.

Modern readings (package pypinyin, MIT): poems rhymed by the readings of their own time, so a few
true rhymes sound apart today. Groups are those of the Thirteen Tracks (十三辙).
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

GROUPS = {
    "a": "a ia ua",
    "o": "o e uo",
    "ie": "ie ve üe ê",
    "ai": "ai uai",
    "ei": "ei ui uei",
    "ao": "ao iao",
    "ou": "ou iu iou",
    "an": "an ian uan van üan",
    "en": "en in un vn uen ün",
    "ang": "ang iang uang",
    "eng": "eng ing ong iong ueng",
    "i": "i v ü er",
    "u": "u",
}
RHYMES = tuple(GROUPS)
_GROUP = {final: name for name, finals in GROUPS.items() for final in finals.split()}


@lru_cache(maxsize=8192)
def rhymes_of_character(character: str) -> frozenset[str]:
    """Every group that a reading of this character belongs to; empty for what is no character."""
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.FINALS, heteronym=True, errors="ignore", strict=False)
    return frozenset(_GROUP[final] for one in readings for final in one if final in _GROUP)


def line_ends(poem: str) -> list[str]:
    """The last characters of the even lines of a poem written with ，and 。"""
    lines = [line for line in poem.replace("，", "。").split("。") if line]
    return [line[-1] for line in lines[1::2]]


def rhyme_of(poem: str) -> str:
    """The group that most even lines can be read in; the first of RHYMES where none is known."""
    votes = Counter(g for end in line_ends(poem) for g in sorted(rhymes_of_character(end)))
    return max(RHYMES, key=lambda name: votes[name])


def rhymes(poem: str) -> bool:
    """Whether all even lines can be read with one group, and none ends with the same character."""
    ends = line_ends(poem)
    readings = [rhymes_of_character(end) for end in ends]
    return len(ends) > 1 and len(set(ends)) == len(ends) and bool(frozenset.intersection(*readings))
