"""C-GAN of short sounds: Mirza and Osindero, "Conditional Generative Adversarial Nets", 2014 (arXiv
1411.1784), with a projecting critic (Miyato and Koyama, 2018), on components of spectrograms."""

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
    minutes: float = 12
    batch: int = 64
    rate_generator: float = 1e-3
    rate_critic: float = 2e-3
    betas: tuple[float, float] = (0.0, 0.99)
    penalty: float = 0.3  # half-weight of R1: few sounds are soon known by heart
    penalty_every: int = 8
    blur: float = 0.1  # noise on what the critic hears, in spreads of a coefficient
    average: float = 0.998


class ConditionalGanSounds(Family):
    id = "voice/cgan"
    row = "V2"
    title = Words("C-GAN of sounds", "声音条件生成对抗网络")
    summary = Words(
        "Makes the kind of sound that you choose; a critic that knows real ones taught it.",
        "按您选择的种类生成声音;由熟悉真实声音的判别网络训练而成。",
    )
    gives = "sound"
    Config = Config
    Recipe = Recipe
    loop = "models.voice.cgan.learning"
    metrics = ("listener",)

    def tiny(self):
        return Config(**TINY)

    def fit_to(self, config, data):
        return fitted(config, data)

    def controls(self, config):
        return sound_controls(config)

    def build(self, config):
        from .network import SoundGenerator

        return SoundGenerator(config).eval()

    def finish(self, network, config):
        from models.layers.directions import strongest

        network.directions.copy_(strongest(network.typical, config.latent, config.directions))

    def noise(self, config, asked):
        from models.layers.conditions import drawn

        return np.concatenate([spot(asked, config.latent), drawn(asked)])

    def generate(self, network, config, asked, noise):
        return network.answer(noise, asked)


FAMILY = ConditionalGanSounds()
