"""Markov chain of order two: Shannon, "A Mathematical Theory of Communication", 1948; smoothing by
Witten and Bell, 1991. The floor that every network has to beat."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.words.writer import Writer


@dataclass(frozen=True)
class Config:
    pieces: int = 2000  # as the networks: their figures stand beside these
    letters: int = 0  # bytes of the vocabulary, set by the data
    pairs: int = 1  # how many pairs and triples are kept, set by the data
    triples: int = 1
    most: int = 400
    usual: int = 120


@dataclass(frozen=True)
class Recipe:
    minutes: float = 1
    rarest: int = 2  # triples seen once are half of all and say little


class MarkovWords(Writer):
    id = "words/markov"
    row = "W7"
    place = 90
    title = Words("Markov chain", "马尔可夫链")
    summary = Words(
        "No network: counts which piece followed which two. The floor that networks must beat.",
        "没有神经网络:只统计两个词片之后出现过什么。神经网络必须胜过它。",
    )
    Config = Config
    Recipe = Recipe
    loop = "models.words.markov.learning"

    def tiny(self):
        return Config(pieces=40, letters=150, most=24, usual=12)

    def build(self, config):
        from .network import Markov

        return Markov(config).eval()


FAMILY = MarkovWords()
