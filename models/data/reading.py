"""A text as a reader says it: sentences of words, each with its place in the text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from models.data.spelling import ABBREVIATIONS, ONLY_BEFORE_NUMBER, TOKENS, spelt
from models.family import UnfitError

LONG_SENTENCE = 45  # words; a longer one is cut at a comma, or there
STOPS = {"…": ".", "...": ".", "\n\n": "."}  # every other pause is a comma


class Word(NamedTuple):
    """One spoken word, the characters start..end of the text that it stands for, and the sign of
    the pause behind it (one of `, . ! ?` or nothing)."""

    said: str
    start: int
    end: int
    pause: str = ""


def sentences(text: str) -> list[list[Word]]:
    """The text's sentences. UnfitError where nothing in it can be read."""
    words = _words(text)
    if not words and any(c.isalpha() for c in text):
        raise UnfitError(
            "This voice reads English only: the text holds no word in Latin letters.",
            "该声音只能朗读英文:文本中没有拉丁字母的单词。",
        )
    if not words:
        raise UnfitError(
            "There is nothing to read: type an English text.", "没有可读的内容:请输入英文文本。"
        )
    found, rest = [], []
    for word in words:
        rest.append(word)
        full = word.pause in (".", "!", "?")
        if full or (len(rest) >= LONG_SENTENCE and (word.pause or len(rest) >= LONG_SENTENCE + 15)):
            found.append(rest)
            rest = []
    if rest:
        found.append(rest)
    return [[*s[:-1], s[-1]._replace(pause=s[-1].pause or ".")] for s in found]


def pieces(text: str) -> list[tuple[int, int]]:
    """Where each sentence stands, (start, end): one alone is read as it is within the text."""
    found = sentences(text)
    starts = [s[0].start for s in found] + [len(text)]
    return [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(starts)]


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    for match in TOKENS.finditer(text):
        if match["pause"]:
            sign = STOPS.get(match[0], match[0].strip())
            sign = sign if sign in (".", "!", "?") else ","
            if found and _ends(text, match, found[-1]):
                old = found[-1].pause
                found[-1] = found[-1]._replace(pause=sign if sign in ".!?" or not old else old)
            continue
        for said in spelt(match, text).split():
            found.append(Word(said.lower(), match.start(), match.end()))
    return found


def _ends(text: str, match: re.Match, before: Word) -> bool:
    """Whether a full stop is one, and not the mark of an abbreviation."""
    if match[0] != ".":
        return True
    word = text[before.start : before.end].lower()
    if match.start() != before.end or word not in ABBREVIATIONS:
        # "J. Smith": one capital letter before a stop is a name's
        return not (len(word) == 1 and text[before.start].isupper() and text[match.end() :].strip())
    if word in ONLY_BEFORE_NUMBER:
        return not re.match(r"\s*\d", text[match.end() :])
    return not text[match.end() :].strip()
