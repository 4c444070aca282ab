"""A Gaussian for each kind of sound over the principal components of spectrograms (Hotelling, 1933;
Tipping and Bishop, 1999): no network, fitted in one step."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.voice.sounds import ShortSounds


@dataclass(frozen=True)
class Recipe:
    minutes: float = 1


class GaussianSounds(ShortSounds):
    id = "voice/gaussian"
    row = "V2"
    title = Words("Gaussian of kinds", "分类高斯模型")
    summary = Words(
        "No network: the average sound of each kind plus random amounts of its main variations. "
        "The floor that the networks must beat.",
        "没有神经网络:每类声音的平均,加上主要变化方向的随机组合。神经网络都必须胜过它。",
    )
    Recipe = Recipe
    loop = "models.voice.gaussian.learning"

    def build(self, config):
        from .network import SoundGaussian

        return SoundGaussian(config).eval()


FAMILY = GaussianSounds()
