"""Text to speech with an autoregressive prior over the latents of words (ARVAE).

The acoustic model is non-autoregressive with explicit duration, pitch and loudness (FastSpeech 2:
Ren et al., ICLR 2021, arXiv 2006.04558; FastPitch: Łańcucki, 2021, arXiv 2006.06873). How a word is
said beyond its text is a latent of a few numbers with a learned prior that hears the words before
(Sun et al., "Generating diverse and natural text-to-speech samples", ICASSP 2020)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Family, Words
from models.layers.spoken_controls import speech_controls
from models.layers.voice_config import VoiceConfig


@dataclass(frozen=True)
class Config(VoiceConfig):
    text: int = 128
    text_blocks: int = 3
    latent: int = 4  # of a word
    frames: int = 160
    frames_wide: int = 400
    frames_blocks: int = 4
    dropout: float = 0.1  # 353 clips are soon known by heart
    reader: str = ""  # the data set, whose vocoder speaks


@dataclass(frozen=True)
class Recipe:
    minutes: float = 35
    batch: int = 12
    piece: int = 200  # frames of each clip, for the part that writes mels: 2.1 s
    rate: float = 1.5e-3
    average: float = 0.998
    warm_up: int = 600  # steps over which the latents' cost grows from 0


class TextToSpeech(Family):
    id = "voice/speech"
    row = "V5"
    title = Words("Text to speech", "语音合成")
    summary = Words(
        "Reads English aloud in a synthetic voice: numbers, dates and abbreviations too. How each "
        "word is said comes from latents that a network draws word after word.",
        "用合成的声音朗读英文,数字、日期和缩写也能读;每个词的说法由网络逐词抽取的潜变量决定。",
    )
    gives = "sound"
    place = 1
    Config = Config
    Recipe = Recipe
    loop = "models.voice.speech.learning"
    metrics = ("spoken",)

    def tiny(self):
        return Config(
            rate=8000, window=128, hop=64, bands=16, shaper=16, shaper_wide=32, shaper_blocks=1,
            text=16, text_blocks=1, frames=16, frames_wide=32, frames_blocks=1,
        )  # fmt: skip

    def controls(self, config):
        return speech_controls()

    def build(self, config):
        from .network import Speech

        return Speech(config).eval()

    def finish(self, network, config):
        from models.registry import cards
        from models.weights import load_network

        if not config.reader:  # a twin for tests has learned from nobody
            return
        card = cards().get(f"voice/vocoder-{config.reader}")
        if card is None:
            raise ValueError(
                f"No vocoder of {config.reader} is published: train and publish voice/vocoder "
                f"--data {config.reader} first."
            )
        network.vocoder.load_state_dict(load_network(card).state_dict())

    def noise(self, config, asked):
        return np.zeros(1, np.float32)  # one draw a word: made where their number is known

    def generate(self, network, config, asked, noise):
        from .speaking import speak

        return [speak(network, config, a) for a in asked]


FAMILY = TextToSpeech()
