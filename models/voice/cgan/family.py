"""C-GAN of short sounds: Mirza and Osindero, "Conditional Generative Adversarial Nets", 2014 (arXiv
1411.1784), with a projecting critic (Miyato and Koyama, 2018), on components of spectrograms."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.voice.sounds import ShortSounds


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


class ConditionalGanSounds(ShortSounds):
    id = "voice/cgan"
    row = "V2"
    title = Words("C-GAN of sounds", "声音条件生成对抗网络")
    summary = Words(
        "Makes the kind of sound that you choose; a critic that knows real ones taught it.",
        "按您选择的种类生成声音;由熟悉真实声音的判别网络训练而成。",
    )
    Recipe = Recipe
    loop = "models.voice.cgan.learning"

    def build(self, config):
        from .network import SoundGenerator

        return SoundGenerator(config).eval()


FAMILY = ConditionalGanSounds()
