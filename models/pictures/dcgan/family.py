"""DCGAN: Radford, Metz, Chintala, "Unsupervised Representation Learning with Deep Convolutional
Generative Adversarial Networks", 2016 (arXiv 1511.06434)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Family, Words
from models.layers.controls import PLACE, SPREAD, WALK, directions, own_spot
from models.layers.walk import spot


@dataclass(frozen=True)
class Config:
    size: int = 64
    channels: int = 3
    latent: int = 128
    base: int = 40  # 40 trained at 215 pictures a second on two cores, 64 at half of that
    directions: int = 8


@dataclass(frozen=True)
class Recipe:
    minutes: float = 90
    batch: int = 64
    rate_generator: float = 3e-4
    rate_critic: float = 2e-3  # equalised layers: the usual rate of progressive growing
    betas_generator: tuple[float, float] = (0.5, 0.99)
    betas_critic: tuple[float, float] = (0.0, 0.99)
    # R1, half its weight: 0.5 held the critic so low that it could hardly tell (loss 1.35 of
    # 1.39 after 170,000 pictures) and the faces stayed blotchy
    penalty: float = 0.05
    penalty_every: int = 16  # lazy R1: every 16th step, sixteen times as strong
    average: float = 0.998  # EMA of the generator's weights, per step
    augment: float = 1.0  # share of pictures that are changed before the critic sees them
    critic_base: int = 40
    eye: bool = False  # whether the critic sees with the eye instead of by itself


class Dcgan(Family):
    id = "pictures/dcgan"
    row = "P3"
    place = 10
    title = Words("DCGAN", "DCGAN 深度卷积生成对抗网络")
    summary = Words(
        "Convolutions paint a picture from 128 random numbers; a critic learned to tell.",
        "用转置卷积把 128 个随机数画成图片,同时由判别网络学习分辨真假。",
    )
    gives = "picture"
    Config = Config
    Recipe = Recipe
    loop = "models.learning.adversarial"
    metrics = ("eye",)

    def tiny(self) -> Config:
        return Config(size=16, latent=8, base=4, directions=2)

    def controls(self, config):
        own = own_spot(config.latent)
        return (PLACE, SPREAD, *directions(config.directions), *WALK, own)

    def build(self, config):
        from .network import Generator

        return Generator(config).eval()

    def critic(self, config, recipe):
        """The opponent, needed only while learning."""
        from models.layers.projected import opponent

        return opponent(config, recipe)

    def finish(self, network, config):
        import torch

        from models.layers.directions import strongest
        from models.learning.average import settle

        settle(network, lambda: network(torch.randn(128, config.latent)))
        network.directions.copy_(strongest(network, config.latent, config.directions))

    def noise(self, config, asked):
        return spot(asked, config.latent)

    def generate(self, network, config, asked, noise):
        z = network.steer(noise, asked)
        return network(z)


FAMILY = Dcgan()
