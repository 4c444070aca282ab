"""VAE of short sounds: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014 (arXiv
1312.6114), on the components of spectrograms, with one Gaussian for each kind of sound."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.layers.own_sound import MORPH, NEAR, OTHER, OWN
from models.layers.sound_config import SoundConfig
from models.layers.sound_controls import sound_controls
from models.voice.sounds import ShortSounds


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


class VaeSounds(ShortSounds):
    id = "voice/vae"
    row = "V4"
    title = Words("VAE of sounds", "声音变分自编码器")
    summary = Words(
        "Squeezes a short sound into 32 numbers and plays it back; takes your own recording too.",
        "把短声音压缩成 32 个数再播放出来;也可以放入您自己的录音。",
    )
    takes = (OWN, OTHER)
    Config = Config
    Recipe = Recipe
    loop = "models.voice.vae.learning"

    def controls(self, config):
        return (*sound_controls(config), NEAR, MORPH)

    def build(self, config):
        from .network import SoundVae

        return SoundVae(config).eval()


FAMILY = VaeSounds()
