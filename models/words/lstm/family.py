"""LSTM language model: Hochreiter and Schmidhuber, Neural Computation 1997."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.words.writer import Writer


@dataclass(frozen=True)
class Config:
    pieces: int = 2000  # 3000 shortened texts by 4 % and cost a third more
    letters: int = 0  # bytes of the vocabulary, set by the data
    embed: int = 96  # narrow, since the softmax over all pieces is half of the work
    width: int = 224  # four gates instead of three: as many numbers as the GRU of 256
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


class LstmWords(Writer):
    id = "words/lstm"
    row = "W7"
    title = Words("LSTM", "长短期记忆网络")
    summary = Words(
        "The older gated network: a memory that is written, kept and forgotten by gates.",
        "较早的门控网络:由门来决定写入、保留和遗忘记忆。",
    )
    Config = Config
    Recipe = Recipe

    def tiny(self):
        return Config(pieces=40, letters=150, embed=12, width=16, most=24, usual=12)

    def build(self, config):
        from models.layers.recurrent import Recurrent

        return Recurrent(config, "lstm").eval()


FAMILY = LstmWords()
