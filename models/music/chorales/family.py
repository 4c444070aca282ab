"""Chorales: a recurrent network over four voices. GRU: Cho et al., EMNLP 2014 (arXiv 1406.1078);
LSTM: Hochreiter and Schmidhuber, Neural Computation 9, 1997; voices within a step after RNN-NADE,
Boulanger-Lewandowski, Bengio, Vincent, ICML 2012 (arXiv 1206.6392)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Family, Words
from models.layers.own_notes import OWN

from .controls import CONTROLS


@dataclass(frozen=True)
class Config:
    cell: str = "gru"  # or lstm
    embed: int = 24
    width: int = 224  # of the memory
    inner: int = 128
    drop: float = 0.3  # 229 songs are soon known by heart


@dataclass(frozen=True)
class Recipe:
    minutes: float = 60
    batch: int = 32
    rate: float = 3e-3
    average: float = 0.998


class ChoraleMusic(Family):
    id = "music/chorales"
    row = "M7"
    place = 10
    title = Words("Chorales (GRU)", "众赞歌(GRU)")
    summary = Words(
        "Writes hymns for four voices as Bach did, goes on with yours, or harmonises your melody.",
        "像巴赫那样写四声部众赞歌,续写您的乐曲,或为您的旋律配和声。",
    )
    gives = "notes"
    takes = (OWN,)
    Config = Config
    Recipe = Recipe
    loop = "models.learning.tunes"

    def tiny(self):
        return Config(embed=4, width=16, inner=12)

    def lessons(self, config, data):
        from .lessons import ChoraleLessons

        return ChoraleLessons(config, data)

    def controls(self, config):
        return CONTROLS

    def build(self, config):
        from .network import Chorales

        return Chorales(config).eval()

    def noise(self, config, asked):
        from .piece import noise_size

        drawn = np.random.RandomState(np.array([asked.seed, 13], np.uint32))
        return drawn.random_sample(int(np.prod(noise_size()))).astype(np.float32)

    def generate(self, network, config, asked, noise):
        from .piece import chorale

        return [chorale(network, a, n) for a, n in zip(asked, noise, strict=True)]

    def own_rows(self, subject):
        from .figures import rows

        return rows(subject)


FAMILY = ChoraleMusic()
