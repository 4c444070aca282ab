"""What every family of short sounds is: from components of a spectrogram to a sound of a kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Family
from models.layers.sound_config import TINY, SoundConfig, fitted
from models.layers.sound_controls import sound_controls
from models.layers.walk import spot


@dataclass(frozen=True)
class KindsConfig(SoundConfig):
    latent: int = 64


class ShortSounds(Family):
    """A subclass declares who it is, its recipe and its network (a `Player`)."""

    gives = "sound"
    Config = KindsConfig
    metrics = ("listener",)

    def tiny(self):
        return self.Config(**TINY)

    def fit_to(self, config, data):
        return fitted(config, data)

    def controls(self, config):
        return sound_controls(config)

    def finish(self, network, config):
        from models.layers.directions import strongest

        network.directions.copy_(strongest(network.typical, config.latent, config.directions))

    def noise(self, config, asked):
        from models.layers.conditions import drawn

        return np.concatenate([spot(asked, config.latent), drawn(asked)])

    def generate(self, network, config, asked, noise):
        return network.answer(noise, asked)
