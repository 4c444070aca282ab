"""What the translator and the replies declare alike: one text goes in, one that answers it comes
out, and a latent says in which of several ways."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.family import Family, Slider, TextLine, Words
from models.words.controls import LONGEST, OPENING, TEMPERATURE, TOP_K, TOP_P, length
from models.words.latent import PLACE

STRAY = Slider(
    name="stray",
    label=Words("Other ways to say it", "换一种说法"),
    help=Words(
        "0 is the usual answer; more lets each seed and place find another way, right or wrong.",
        "0 为通常的回答;数值越大,每个种子和位置越会换一种说法,不一定更对。",
    ),
    low=0.0,
    high=2.0,
    step=0.05,
    default=0.0,
)


@dataclass(frozen=True)
class Config:
    pieces: int = 3200  # of both languages together: the softmax over them is half of the work
    letters: int = 0  # bytes of the vocabulary, set by the data
    embed: int = 96
    half: int = 80  # width of the reader in each direction
    width: int = 160
    latent: int = 16
    gamma: float = 0.4  # spread of the latent's means: its cost is at least 8 % of a nat a number
    drop: float = 0.1
    most: int = 60
    usual: int = 60
    example: str = "a b"  # what is heard at first on the page


@dataclass(frozen=True)
class Recipe:
    minutes: float = 8
    batch: int = 32  # few passes are affordable: steps count more than their size
    rate: float = 3e-3
    average: float = 0.997
    smooth: float = 0.1  # share of certainty that is spread over all pieces
    usual: float = 0.4  # share of texts learned without their latent: 0 is the usual answer
    most: int = 40  # longer texts are cut while learning


class Answerer(Family):
    """A family whose network is `Answering`. `examples`: what is heard at first, by data set."""

    gives = "text"
    loop = "models.learning.answering"
    metrics = ("answers",)
    Config = Config
    Recipe = Recipe
    by_character: ClassVar[tuple[str, ...]] = ()
    by_word: ClassVar[tuple[str, ...]] = ()
    examples: ClassVar[dict[str, str]] = {}
    heard: ClassVar[tuple[Words, Words]]  # label and help of the text that is answered

    def tiny(self):
        return self.Config(
            pieces=40, letters=150, embed=12, half=8, width=16, latent=4, most=12, usual=8
        )

    def fit_to(self, config: Any, data: Any, vocabulary: Any) -> Any:
        """The sizes of the vocabulary, and a first text that suits the data."""
        return dataclasses.replace(
            config,
            pieces=len(vocabulary),
            letters=len(vocabulary.stored()),
            example=self.examples.get(data.source.name, config.example),
        )

    def controls(self, config):
        label, help = self.heard
        heard = TextLine(
            name="heard", label=label, help=help, longest=LONGEST, default=config.example
        )
        still = dataclasses.replace(TEMPERATURE, default=0.0)
        return (
            heard, STRAY, PLACE, still, length(config.most, config.usual), TOP_K, TOP_P, OPENING,
        )  # fmt: skip

    def build(self, config):
        from models.layers.answering import Answering

        return Answering(config).eval()

    def noise(self, config, asked):
        from models.layers.walk import plane

        return plane(asked.seed, asked.controls["place"], config.latent)

    def generate(self, network, config, asked, noise) -> Iterator[tuple[float, Any]]:
        """Steps of (fraction, [Text]); several requests are only told at the end."""
        from models.layers.answering import answers

        return answers(network, asked, noise)
