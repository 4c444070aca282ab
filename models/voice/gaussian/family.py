"""A Gaussian for each kind of sound over the principal components of spectrograms (Hotelling, 1933;
Tipping and Bishop, 1999): no network, fitted in one step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Family, Words
from models.layers.sound_config import TINY, SoundConfig, fitted
from models.layers.sound_controls import sound_controls
from models.layers.walk import spot


@dataclass(frozen=True)
class Config(SoundConfig):
    latent: int = 64


@dataclass(frozen=True)
class Recipe:
    minutes: float = 1


class GaussianSounds(Family):
    id = "voice/gaussian"
    row = "V2"
    title = Words("Gaussian of kinds", "分类高斯模型")
    summary = Words(
        "No network: the average sound of each kind plus random amounts of its main variations. "
        "The floor that the networks must beat.",
        "没有神经网络:每类声音的平均,加上主要变化方向的随机组合。神经网络都必须胜过它。",
    )
    gives = "sound"
    Config = Config
    Recipe = Recipe
    loop = "models.voice.gaussian.learning"
    metrics = ("listener",)

    def tiny(self):
        return Config(**TINY)

    def fit_to(self, config, data):
        return fitted(config, data)

    def controls(self, config):
        return sound_controls(config)

    def build(self, config):
        from .network import SoundGaussian

        return SoundGaussian(config).eval()

    def finish(self, network, config):
        from models.layers.directions import strongest

        network.directions.copy_(strongest(network.typical, config.latent, config.directions))

    def noise(self, config, asked):
        from models.layers.conditions import drawn

        return np.concatenate([spot(asked, config.latent), drawn(asked)])

    def generate(self, network, config, asked, noise):
        return network.answer(noise, asked)


FAMILY = GaussianSounds()
