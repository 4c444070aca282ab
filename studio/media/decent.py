"""Offensive words are shown as dots: on the page, in files, through the API.

The list is that of the package better-profanity (MIT), without words that also mean something
harmless in captions, stories and plays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

DOT = "•"
# fmt: off
HARMLESS = frozenset((
    "arian", "areole", "breasts", "crap", "damn", "dong", "drunk", "erect", "extacy", "extasy",
    "fat", "gay", "gays", "gigolo", "god", "goddamn", "hell", "hoar", "homo", "hump", "hussy",
    "kill", "lesbian", "lesbians", "lmao", "loin", "lust", "menses", "murder", "naked", "nude",
    "opium", "organ", "pee", "poop", "pot", "rum", "screw", "screwing", "sex", "slope",
    "snatch", "strip", "stupid", "thug", "ugly", "vodka", "weed", "willy", "womb", "seaman",
    "steamy", "sniper", "sucked", "sucking", "teat",
))
# fmt: on


@lru_cache(maxsize=1)
def _offensive() -> re.Pattern[str]:
    text = files("better_profanity").joinpath("profanity_wordlist.txt").read_text("utf-8")
    words = {line.strip().lower() for line in text.splitlines()} - HARMLESS - {""}
    ranked = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ranked))})(?!\w)", re.IGNORECASE)


def masked(text: str) -> str:
    """The text with every letter of an offensive word as a dot; its length stays."""
    return _offensive().sub(lambda found: re.sub(r"\S", DOT, found.group()), text)
