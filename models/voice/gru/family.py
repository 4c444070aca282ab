"""GRU over the frames of a spectrogram (Cho et al., EMNLP 2014, arXiv 1406.1078), each drawn from
the Gaussian that the frames before it suggest (Graves, 2013, arXiv 1308.0850)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.voice.onward import OnwardConfig, OnwardSounds


@dataclass(frozen=True)
class Config(OnwardConfig):
    basis: int = 24  # components of one frame of 128 bands
    width: int = 224


@dataclass(frozen=True)
class Recipe:
    minutes: float = 6
    batch: int = 32
    rate: float = 2e-3
    average: float = 0.99
    blur: float = 0.2  # noise on the frames it hears, in spreads: its own will not be perfect


class GruSounds(OnwardSounds):
    id = "voice/gru"
    row = "V7"
    title = Words("GRU of sounds", "声音 GRU")
    summary = Words(
        "Makes a sound frame by frame, 125 a second: each follows from all that came before it.",
        "逐帧生成声音,每秒 125 帧:每一帧都由此前的所有帧决定。",
    )
    place = 70
    Config = Config
    Recipe = Recipe

    def chances(self, config):
        return config.frames * config.basis

    def build(self, config):
        from .network import SoundGru

        return SoundGru(config).eval()


FAMILY = GruSounds()
