"""WaveNet: van den Oord et al., "WaveNet: A Generative Model for Raw Audio", 2016 (arXiv
1609.03499), small: one round of dilations, mu-law, told digit, speaker and how much has passed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from models.family import Words
from models.voice.onward import OnwardConfig, OnwardSounds


@dataclass(frozen=True)
class Config(OnwardConfig):
    width: int = 32
    layers: int = 10  # looks back 1,024 samples: 128 ms at 8 kHz
    inner: int = 96


@dataclass(frozen=True)
class Recipe:
    minutes: float = 30  # after six it makes noise as loud as speech, and hardly more
    batch: int = 3  # whole sounds: what comes after the word has to be learned too
    rate: float = 4e-3
    average: float = 0.98


class WaveNetSounds(OnwardSounds):
    id = "voice/wavenet"
    row = "V6"
    title = Words("WaveNet of sounds", "声音 WaveNet")
    summary = Words(
        "Makes a sound sample by sample, 8,000 a second: slow, and the reference for that.",
        "逐个采样点生成声音,每秒 8000 个:速度慢,作为速度与质量的参照。",
    )
    live = False
    place = 71
    Config = Config
    Recipe = Recipe

    def tiny(self):
        return dataclasses.replace(super().tiny(), layers=3, inner=24)

    def controls(self, config):
        return tuple(c for c in super().controls(config) if c.name != "grain")

    def chances(self, config):
        return config.frames * config.hop

    def build(self, config):
        from .network import SoundWaveNet

        return SoundWaveNet(config).eval()


FAMILY = WaveNetSounds()
