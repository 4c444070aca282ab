"""LSTM language model: Hochreiter and Schmidhuber, Neural Computation 1997."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.words.recurrent import Config as RecurrentConfig
from models.words.recurrent import Recurrent


@dataclass(frozen=True)
class Config(RecurrentConfig):
    width: int = 224  # four gates instead of three: as many numbers as the GRU of 256


class LstmWords(Recurrent):
    id = "words/lstm"
    place = 31
    cell = "lstm"
    Config = Config
    title = Words("LSTM", "长短期记忆网络")
    summary = Words(
        "The older gated network: a memory that is written, kept and forgotten by gates.",
        "较早的门控网络:由门来决定写入、保留和遗忘记忆。",
    )


FAMILY = LstmWords()
