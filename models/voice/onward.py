"""What families share that make a short sound one step after another: nothing is heard before
what came before it is there. They are slow, and the reference for quality against speed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Family
from models.layers.sound_config import TINY, SoundConfig
from models.layers.sound_controls import sound_controls
from models.layers.walk import spot


@dataclass(frozen=True)
class OnwardConfig(SoundConfig):
    directions: int = 0  # there is no latent of the whole sound to turn


class OnwardSounds(Family):
    """A subclass declares who it is, `chances(config)` and its network, which tells its `loss`,
    `settle`s with training sounds and gives an `answer`."""

    gives = "sound"
    loop = "models.learning.tunes"
    metrics = ("listener",)

    def tiny(self):
        return self.Config(**{**TINY, "directions": 0})

    def controls(self, config):
        return sound_controls(config)

    def lessons(self, config, data):
        from .onward_lessons import OnwardLessons

        return OnwardLessons(self, config, data)

    def chances(self, config) -> int:
        """How many random numbers a sound takes."""
        raise NotImplementedError

    def noise(self, config, asked):
        from models.layers.conditions import drawn

        return np.concatenate([spot(asked, self.chances(config)), drawn(asked)])

    def generate(self, network, config, asked, noise):
        return network.answer(noise, asked)
