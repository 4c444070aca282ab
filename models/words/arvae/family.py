"""ARVAE: a variational autoencoder that goes from sentence to sentence (see network.py)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from models.family import Family, Words
from models.words.controls import KNOWN, TOP_K, TOP_P, length
from models.words.latent import PLACE, SPREAD

from .controls import AGAIN, CAREFUL, DRAW, SENTENCES, STORY

ROWS = 64  # sentences whose noise differs; a page of opening and all that is written have as many


@dataclass(frozen=True)
class Config:
    pieces: int = 2000
    letters: int = 0  # bytes of the vocabulary, set by the data
    lexicon: int = 0  # bytes of the known words, set by the data
    embed: int = 96
    read: int = 112  # numbers that a sentence is read into
    memory: int = 128  # of the sentences before
    latent: int = 24  # of a sentence: what those before do not say
    width: int = 224  # of the pieces before; an LSTM, since a GRU takes ten times as long here
    drop: float = 0.1
    most: int = 400
    usual: int = 300


@dataclass(frozen=True)
class Recipe:
    minutes: float = 12
    batch: int = 8  # stories: some 1,600 pieces; more would be fewer steps in so few minutes
    sentences: int = 40  # of a story that are learned from: all of 19 in 20
    rate: float = 3e-3
    average: float = 0.995
    beta: float = 0.5  # weight of the latents' cost; 1 is the bound itself
    free: float = 4.0  # nats of a sentence's latents that cost nothing
    bag: float = 0.2  # weight of guessing a sentence's words from its latents alone
    forget: float = 0.2  # share of the words before that the decoder is not shown
    warm_up: int = 300  # steps over which beta grows from a tenth


class ArVaeWords(Family):
    id = "words/arvae"
    row = "W5"
    place = 15
    title = Words("ARVAE", "自回归变分自编码器 ARVAE")
    summary = Words(
        "Stories, sentence by sentence: each has latents of its own, drawn from those before.",
        "逐句写故事:每一句都有自己的潜在变量,由前面的句子推出。",
    )
    gives = "text"
    Config = Config
    Recipe = Recipe
    loop = "models.words.arvae.learning"
    by_character: ClassVar[tuple[str, ...]] = ("poems",)
    by_word: ClassVar[tuple[str, ...]] = ("coco",)

    def tiny(self):
        return Config(
            pieces=40, letters=150, embed=12, read=12, memory=12, latent=8, width=20, most=60,
            usual=60,
        )  # fmt: skip

    def fit_to(self, config: Any, data: Any, vocabulary: Any) -> Any:
        """The sizes of the vocabulary."""
        return dataclasses.replace(config, pieces=len(vocabulary), letters=len(vocabulary.stored()))

    def controls(self, config):
        return (
            STORY, PLACE, SPREAD, SENTENCES, AGAIN, DRAW, CAREFUL,
            length(config.most, config.usual), TOP_K, TOP_P,
            *((KNOWN,) if config.lexicon else ()),
        )  # fmt: skip

    def build(self, config):
        from .network import ArVae

        return ArVae(config).eval()

    def noise(self, config, asked):
        from models.layers.walk import plane

        return plane(asked.seed, asked.controls["place"], ROWS * config.latent)

    def generate(self, network, config, asked, noise):
        """Steps of (fraction, [Text]) for one request; several are only told at the end."""
        from models.layers.writing import written

        from .story import tell

        return written(asked, lambda one, row: tell(network, one, noise[row].view(ROWS, -1)))

    def own_rows(self, subject):
        from .figures import rows

        return rows(subject)


FAMILY = ArVaeWords()
