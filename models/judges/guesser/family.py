"""Guesses the spot of a latent from a picture, so that a search begins near its end.

Zhu et al., "Generative Visual Manipulation on the Natural Image Manifold", 2016 (arXiv 1609.03552):
a network's guess, then a few steps of optimisation, beat either of them alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.judges.judge import Judge


@dataclass(frozen=True)
class Config:
    size: int = 64
    channels: int = 3
    latent: int = 128
    widths: tuple[int, ...] = (32, 64, 96, 128)
    depths: tuple[int, ...] = (0, 1, 1, 1)


@dataclass(frozen=True)
class Recipe:
    minutes: float = 12
    batch: int = 64
    rate: float = 2e-3
    decay: float = 0.01
    average: float = 0.998
    noise: float = 0.1  # a person's picture is none of the model's own: most of it is new to it


class Guesser(Judge):
    id = "judges/guesser"
    row = "P3"
    title = Words("First guess", "初步猜测网络")
    summary = Words(
        "Guesses which spot of a model's latent a picture came from; it learned from that model.",
        "猜测一张图片来自模型潜空间的哪一点;它以该模型自己的图片学习。",
    )
    Config = Config
    Recipe = Recipe
    loop = "models.judges.guesser.learning"

    def tiny(self) -> Config:
        return Config(size=16, latent=8, widths=(4, 8), depths=(0, 0))

    def build(self, config):
        from .network import SpotReader

        return SpotReader(config).eval()

    def examine(self, network, config, data):
        from .learning import gains

        return gains(network, data)


FAMILY = Guesser()
