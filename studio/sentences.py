"""Sentences for people: one each, in the two languages of the page."""

from __future__ import annotations

import json
from typing import Any


class Sentence(str):
    """An English sentence that carries its Chinese twin: `str(s)` is English, `s.zh` Chinese."""

    zh: str

    def __new__(cls, en: str, zh: str = "") -> Sentence:
        sentence = super().__new__(cls, en)
        sentence.zh = zh or en
        return sentence


class PersonError(ValueError):
    """A fault that one sentence explains to a person: `str(error)` English, `error.zh` Chinese."""

    def __init__(self, en: str, zh: str = "") -> None:
        super().__init__(en)
        self.zh = zh or en

    @property
    def sentence(self) -> Sentence:
        """Both languages in one value."""
        return Sentence(str(self), self.zh)


def shown(value: Any, longest: int = 40) -> str:
    """A value from outside as it may stand in a sentence: one line, short, printable."""
    if isinstance(value, str):
        text = json.dumps(value[: longest + 1], ensure_ascii=False)
    elif value is None or isinstance(value, bool | float):
        text = json.dumps(value)
    elif isinstance(value, int):
        text = str(value) if abs(value) < 10**longest else "a huge number"
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(shown(v, 12) for v in value[:4]) + (", ..." * (len(value) > 4)) + "]"
    elif isinstance(value, dict):
        text = "{...}" if value else "{}"
    else:
        text = type(value).__name__
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= longest + 2 else text[:longest] + '..."'


def plain(number: float) -> str:
    """A number as a person writes it: 1 and not 1.0, never -0."""
    return f"{number:.10g}" if number else "0"
