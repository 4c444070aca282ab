"""C-GAN (Mirza, Osindero, 2014, arXiv 1411.1784), projecting critic (Miyato, Koyama, 2018)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from models.family import Family, Words
from models.layers.controls import PLACE, SPREAD, WALK, directions
from models.layers.labels import choices
from models.layers.walk import spot


@dataclass(frozen=True)
class Config:
    size: int = 64
    channels: int = 4
    latent: int = 64
    code: int = 192
    widths: tuple[int, ...] = (256, 192, 128, 64, 32)  # the last at full size: pixels are hard
    rows: int = 2048  # combinations of conditions kept for the seeds to choose from
    directions: int = 4  # 0: the conditions say it all, and the latent is left out
    conditions: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    blended: str = ""


@dataclass(frozen=True)
class Recipe:
    minutes: float = 180
    batch: int = 64
    rate_generator: float = 2e-3
    rate_critic: float = 2e-3
    betas_generator: tuple[float, float] = (0.0, 0.99)
    betas_critic: tuple[float, float] = (0.0, 0.99)
    penalty: float = 0.1
    penalty_every: int = 16
    average: float = 0.998
    augment: float = 1.0  # share of pictures changed before the critic sees them
    critic_base: int = 40
    naming: float = 1.0  # weight of the critic's naming of the conditions
    alike: float = 0.0  # weight of the distance to the very picture with these conditions
    lead: float = 0.0  # minutes at the beginning in which it alone counts
    reading: float = 0.0  # weight, beside it, of what a reader of labels reads wrong


class ConditionalGan(Family):
    id = "pictures/cgan"
    row = "P4"
    place = 20
    title = Words("C-GAN", "条件生成对抗网络")
    summary = Words(
        "Draws what you choose: each choice is a condition that the critic checks too.",
        "按您的选择作画:每个选项都是一个条件,判别网络也会检查它。",
    )
    gives = "picture"
    Config = Config
    Recipe = Recipe
    loop = "models.learning.adversarial"
    metrics = ("eye", "conditions")

    def tiny(self):
        labels = {"direction": ("back", "front"), "skin": ("dark", "light", "orc")}
        told = {"conditions": tuple(labels), "names": tuple(labels.values()), "blended": "skin"}
        return Config(16, latent=8, code=16, widths=(16, 12, 8), rows=16, directions=2, **told)

    def fit_to(self, config, data):
        """Size, channels and conditions from the data; the widths end alike for every size."""
        from models.layers.autoencoder import start_side

        channels, size = data.pictures.shape[1:3]
        columns, steps = tuple(data.labels), (size // start_side(size)).bit_length() - 1
        config = replace(config, size=size, channels=channels)
        return replace(
            config,
            widths=config.widths[-steps - 1 :],
            conditions=columns,
            names=tuple(tuple(data.names[c]) for c in columns),
            blended="outfit" if "outfit" in columns else next(iter(columns), ""),
        )

    def augment(self, pictures):
        """Only moves: other colours would be other conditions, holes would be transparency."""
        from models.layers.augment import translate

        return translate(pictures, fill=-1.0)

    def controls(self, config):
        free = (SPREAD, *directions(config.directions)) if config.directions else ()
        return (*choices(config.conditions, config.names, config.blended), PLACE, *free, *WALK)

    def build(self, config):
        from .network import Generator

        return Generator(config).eval()

    def critic(self, config, recipe):
        """The opponent, needed only while learning."""
        from models.layers.critic import Critic

        return Critic(config.size, config.channels, recipe.critic_base, map(len, config.names))

    def finish(self, network, config):
        if config.directions:
            from models.layers.directions import strongest

            network.directions.copy_(strongest(network.typical, config.latent, config.directions))

    def noise(self, config, asked):
        from models.layers.conditions import drawn

        return np.concatenate([spot(asked, config.latent), drawn(asked)])

    def generate(self, network, config, asked, noise):
        z, numbers = noise.split([config.latent, noise.shape[1] - config.latent], 1)
        return network.draw(network.steer(z, asked), network.conditions.wishes(numbers, asked))


FAMILY = ConditionalGan()
