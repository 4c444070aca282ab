"""GRU language model: Cho and others, EMNLP 2014 (arXiv 1406.1078)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.words.writer import Writer


@dataclass(frozen=True)
class Config:
    pieces: int = 2000  # 3000 shortened texts by 4 % and cost a third more
    letters: int = 0  # bytes of the vocabulary, set by the data
    embed: int = 96  # narrow, since the softmax over all pieces is half of the work
    width: int = 256
    layers: int = 1
    drop: float = 0.1
    most: int = 400
    usual: int = 120


@dataclass(frozen=True)
class Recipe:
    minutes: float = 12
    batch: int = 64
    window: int = 32  # 0: texts are learned one by one (sentences); else streams cut in windows
    rate: float = 3e-3
    average: float = 0.998


class GruWords(Writer):
    id = "words/gru"
    row = "W7"
    place = 30
    title = Words("GRU", "门控循环单元")
    summary = Words(
        "Reads word after word into a state of a few hundred numbers and guesses what follows.",
        "逐词读入一个由几百个数组成的状态,并猜测接下来的词。",
    )
    Config = Config
    Recipe = Recipe

    def tiny(self):
        return Config(pieces=40, letters=150, embed=12, width=16, most=24, usual=12)

    def build(self, config):
        from models.layers.recurrent import Recurrent

        return Recurrent(config, "gru").eval()


FAMILY = GruWords()
