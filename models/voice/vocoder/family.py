"""Vocoder of one reader: mel frames and pitch to sound (Vocos' head, HiFTNet's source; see
`models.layers.vocoder`), and with it a recording at another pitch, speed and breath."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Family, Slider, Takes, Words
from models.layers.spoken_controls import BREATH, PITCH, SPEED
from models.layers.voice_config import VoiceConfig

RECORDING = Takes(
    name="sound",
    kind="sound",
    label=Words("Recording", "录音"),
    help=Words(
        "Speech of one person, up to 30 seconds. Your own or permitted only.",
        "一个人的语音,最长 30 秒。仅限您自己的或获得许可的录音。",
    ),
    limit=600,
)


@dataclass(frozen=True)
class Config(VoiceConfig):
    pass


@dataclass(frozen=True)
class Recipe:
    minutes: float = 54
    batch: int = 8  # 0.26 s a step on one core without AVX-512
    frames: int = 64  # of a training piece: 0.68 s
    rate: float = 1.5e-3
    average: float = 0.998
    blur: float = 0.5  # share of pieces whose mel is blurred, as an acoustic model's mels are
    alone: float = 54  # minutes before critics join, which have not helped yet: see the README
    rate_end: float = 5e-4  # from then on
    rate_critics: float = 1e-3
    judged: int = 4  # pieces of a batch that critics hear: 0.15 s of a core for each
    careful: int = 100  # steps over which the critics' word gains weight
    weight_doubt: float = 0.15  # the energy distance is about 0.5
    weight_unlike: float = 0.4
    written: float = 0.5  # share of pieces, from then on, with mels of the acoustic model


class VocoderOfSpeech(Family):
    id = "voice/vocoder"
    row = "V5"
    title = Words("Vocoder", "声码器")
    summary = Words(
        "Gives a recording back in the frames that text to speech uses: at another pitch, slower, "
        "faster, or breathier. It has learned one reader's voice only.",
        "把录音转换成语音合成所用的帧再还原:可改变音高、语速和气声。它只学过一位朗读者的声音。",
    )
    gives = "sound"
    takes = (RECORDING,)
    place = 60
    Config = Config
    Recipe = Recipe
    loop = "models.voice.vocoder.learning"
    metrics = ("spoken",)

    def tiny(self):
        return Config(
            rate=8000, window=128, hop=64, bands=16, shaper=16, shaper_wide=32, shaper_blocks=1
        )

    def controls(self, config) -> tuple[Slider, ...]:
        return (PITCH, SPEED, BREATH)

    def build(self, config):
        from models.layers.vocoder import Vocoder

        return Vocoder(config).eval()

    def noise(self, config, asked):
        return np.zeros(1, np.float32)  # as long as the sound: drawn where the length is known

    def generate(self, network, config, asked, noise):
        from .network import again

        return [again(network, config, a) for a in asked]


FAMILY = VocoderOfSpeech()
