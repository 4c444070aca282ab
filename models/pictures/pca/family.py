"""The floor: one Gaussian over the principal components of the training pictures.

Turk and Pentland, "Eigenfaces for Recognition", 1991; probabilistic reading by Tipping and
Bishop, 1999. Every other family has to beat it.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Family, Words
from models.layers.controls import PLACE, SPREAD, WALK, directions, own_spot
from models.layers.walk import spot


@dataclass(frozen=True)
class Config:
    size: int = 64
    channels: int = 3
    latent: int = 96  # keeps 85 % of the variance of cats; more adds grain, not cats
    directions: int = 8


@dataclass(frozen=True)
class Recipe:
    minutes: float = 1
    mirror: bool = True


class PcaGaussian(Family):
    id = "pictures/pca"
    row = "P1"
    place = 90
    title = Words("PCA-Gaussian", "主成分高斯模型")
    summary = Words(
        "No network: the average picture plus random amounts of its main variations. The floor "
        "that every other family must beat.",
        "没有神经网络:平均图片加上主要变化方向的随机组合。其他模型都必须胜过它。",
    )
    gives = "picture"
    Config = Config
    Recipe = Recipe
    loop = "models.learning.closed_form"
    metrics = ("eye",)

    def tiny(self) -> Config:
        return Config(size=16, latent=8, directions=2)

    def controls(self, config):
        own = own_spot(config.latent)
        return (PLACE, SPREAD, *directions(config.directions), *WALK, own)

    def build(self, config):
        from .network import Gaussian

        return Gaussian(config).eval()

    def noise(self, config, asked):
        return spot(asked, config.latent)

    def generate(self, network, config, asked, noise):
        return network(network.steer(noise, asked))


FAMILY = PcaGaussian()
