"""VAE of short sounds: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014 (arXiv
1312.6114), on the components of spectrograms, with one Gaussian for each kind of sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Family, Words
from models.layers.own_sound import MORPH, NEAR, OTHER, OWN
from models.layers.sound_config import TINY, SoundConfig, fitted
from models.layers.sound_controls import sound_controls
from models.layers.walk import spot


@dataclass(frozen=True)
class Config(SoundConfig):
    latent: int = 32


@dataclass(frozen=True)
class Recipe:
    minutes: float = 9
    batch: int = 64
    rate: float = 1e-3
    average: float = 0.998
    beta: float = 1.0  # weight of the latents' cost: 1 is the bound itself
    warm_up: int = 1000  # steps over which that weight grows from 0


class VaeSounds(Family):
    id = "voice/vae"
    row = "V4"
    title = Words("VAE of sounds", "声音变分自编码器")
    summary = Words(
        "Squeezes a short sound into 32 numbers and plays it back; takes your own recording too.",
        "把短声音压缩成 32 个数再播放出来;也可以放入您自己的录音。",
    )
    gives = "sound"
    takes = (OWN, OTHER)
    Config = Config
    Recipe = Recipe
    loop = "models.voice.vae.learning"
    metrics = ("listener",)

    def tiny(self):
        return Config(**TINY)

    def fit_to(self, config, data):
        return fitted(config, data)

    def controls(self, config):
        return (*sound_controls(config), NEAR, MORPH)

    def build(self, config):
        from .network import SoundVae

        return SoundVae(config).eval()

    def finish(self, network, config):
        from models.layers.directions import strongest

        network.directions.copy_(strongest(network.typical, config.latent, config.directions))

    def noise(self, config, asked):
        from models.layers.conditions import drawn

        return np.concatenate([spot(asked, config.latent), drawn(asked)])

    def generate(self, network, config, asked, noise):
        return network.answer(noise, asked)


FAMILY = VaeSounds()
