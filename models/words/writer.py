"""What all language models declare alike: they go on from an opening, piece by piece."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from models.family import Family
from models.words.controls import KEYWORD, KNOWN, OPENING, TEMPERATURE, TOP_K, TOP_P, length


@dataclass(frozen=True)
class Recipe:
    minutes: float = 12
    batch: int = 64
    window: int = 32  # 0: texts are learned one by one (sentences); else streams cut in windows
    rate: float = 3e-3
    average: float = 0.998


class Writer(Family):
    """A family whose network offers `begin(count)` and `step(numbers, state)`."""

    gives = "text"
    loop = "models.learning.language"
    metrics = ("language",)
    Recipe = Recipe
    by_character: ClassVar[tuple[str, ...]] = ("poems",)  # data sets that are not cut into words
    by_word: ClassVar[tuple[str, ...]] = ("coco",)  # whole words only, as in the literature

    def fit_to(self, config: Any, data: Any, vocabulary: Any) -> Any:
        """The sizes of the vocabulary; long texts are asked for at a length of their own."""
        return dataclasses.replace(config, pieces=len(vocabulary), letters=len(vocabulary.stored()))

    def controls(self, config):
        known = (KNOWN,) if getattr(config, "lexicon", 0) else ()
        usual = length(config.most, config.usual)
        return (OPENING, KEYWORD, TEMPERATURE, usual, TOP_K, TOP_P, *known)

    def writer(self, network: Any, asked: Any) -> Any:
        """The network that writes this request."""
        return network

    def noise(self, config, asked):
        """None ahead: it is drawn place by place, from the seed (`layers/writing.py`)."""
        return np.zeros(0, np.float32)

    def generate(self, network, config, asked, noise) -> Iterator[tuple[float, Any]]:
        """Steps of (fraction, [Text]) for one request; several are only told at the end."""
        from models.layers.keyword import Keyword
        from models.layers.known_words import KnownWords
        from models.layers.writing import in_turn, write, written

        def steps(one, row):
            most, writer = int(one.controls["length"]), self.writer(network, one)
            keyword = one.controls["keyword"]
            guides = [Keyword(network.vocabulary, keyword, most)]
            if one.controls.get("known"):
                guides.append(KnownWords(network.known, also=keyword))
            return write(
                lambda: writer.begin(1), writer.step, network.vocabulary, one.seed, one.controls,
                most, one.controls["opening"], in_turn(guides),
            )  # fmt: skip

        return written(asked, steps)
