"""GAN: Goodfellow et al., "Generative Adversarial Nets", 2014 (arXiv 1406.2661)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from models.family import Family, Words
from models.layers.controls import PLACE, SPREAD, WALK, directions, own_spot
from models.layers.walk import spot


@dataclass(frozen=True)
class Config:
    size: int = 28
    channels: int = 1
    latent: int = 64
    widths: tuple[int, ...] = (256, 512, 768)
    directions: int = 6


@dataclass(frozen=True)
class Recipe:
    minutes: float = 18
    batch: int = 128
    rate_generator: float = 3e-4
    rate_critic: float = 3e-4
    betas_generator: tuple[float, float] = (0.5, 0.99)
    betas_critic: tuple[float, float] = (0.5, 0.99)
    penalty: float = 0.02
    penalty_every: int = 16
    average: float = 0.998
    augment: float = 0.0  # perceptrons have no idea of a shift; 55,000 digits are enough
    critic_wide: int = 768


class Gan(Family):
    id = "pictures/gan"
    row = "P2"
    place = 30
    title = Words("GAN", "生成对抗网络")
    summary = Words(
        "The first of its kind: plain layers without convolutions, a painter against a critic.",
        "最早的生成对抗网络:没有卷积的普通网络,生成者与判别者相互对抗。",
    )
    gives = "picture"
    Config = Config
    Recipe = Recipe
    loop = "models.learning.adversarial"
    metrics = ("eye",)

    def tiny(self):
        return Config(size=16, latent=8, widths=(16, 24), directions=2)

    def fit_to(self, config, data):
        """Size and channels from the data."""
        _, channels, size, _ = data.pictures.shape
        return dataclasses.replace(config, size=size, channels=channels)

    def controls(self, config):
        own = own_spot(config.latent)
        return (PLACE, SPREAD, *directions(config.directions), *WALK, own)

    def build(self, config):
        from .network import Generator

        return Generator(config).eval()

    def critic(self, config, recipe):
        """The opponent, needed only while learning."""
        from .network import Critic

        return Critic(config.channels * config.size**2, recipe.critic_wide)

    def finish(self, network, config):
        import torch

        from models.layers.directions import strongest
        from models.learning.average import settle

        settle(network, lambda: network(torch.randn(128, config.latent)))
        network.directions.copy_(strongest(network, config.latent, config.directions))

    def noise(self, config, asked):
        return spot(asked, config.latent)

    def generate(self, network, config, asked, noise):
        return network(network.steer(noise, asked))


FAMILY = Gan()
