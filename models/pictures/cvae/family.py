"""C-VAE: Sohn, Lee, Yan, "Learning Structured Output Representation using Deep Conditional
Generative Models", NIPS 2015; Kingma et al., "Semi-supervised Learning with Deep Generative
Models", 2014 (arXiv 1406.5298), for handwriting apart from the digit."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from models.family import Family, Words
from models.layers.controls import PLACE, SPREAD, WALK, directions
from models.layers.labels import choices
from models.layers.own_picture import NEAR, OWN
from models.layers.walk import spot


@dataclass(frozen=True)
class Config:
    size: int = 28
    channels: int = 1
    latent: int = 16  # 16 hold a handwriting; with 64 samples fall apart into strokes
    base: int = 48
    rows: int = 512
    directions: int = 4
    conditions: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    blended: str = ""
    ink: bool = False  # own pictures are cropped and centred as written digits are


@dataclass(frozen=True)
class Recipe:
    minutes: float = 20
    batch: int = 128
    rate: float = 1e-3
    average: float = 0.999
    beta: float = 2.0  # rounder samples than 1, at a little sharpness
    hide: float = 0.3  # weight of keeping the conditions out of the latents
    eye: float = 0.0  # strokes need no texture
    warm_up: int = 500
    shift: int = 0  # MNIST is centred by its makers


class ConditionalVae(Family):
    id = "pictures/cvae"
    row = "P7"
    place = 31
    title = Words("C-VAE", "条件变分自编码器")
    summary = Words(
        "Keeps what is written apart from how: any digit in one handwriting, yours too.",
        "把写的内容和笔迹分开:同一种笔迹可以写任意数字,也可以用您的笔迹。",
    )
    gives = "picture"
    takes = (OWN,)
    Config = Config
    Recipe = Recipe
    loop = "models.learning.variational"
    metrics = ("eye", "conditions")

    def tiny(self):
        return Config(
            size=16, latent=8, base=6, rows=16, directions=2,
            conditions=("digit",), names=(("0", "1", "2"),), blended="digit",
        )  # fmt: skip

    def fit_to(self, config, data):
        """Size, channels and conditions from the data."""
        columns = tuple(data.labels)
        return dataclasses.replace(
            config,
            size=data.pictures.shape[-1],
            channels=data.pictures.shape[1],
            conditions=columns,
            names=tuple(tuple(data.names[c]) for c in columns),
            blended=next(iter(columns), ""),
            ink=data.source.name == "digits",
        )

    def controls(self, config):
        wishes = choices(config.conditions, config.names, config.blended)
        return (*wishes, PLACE, SPREAD, NEAR, *directions(config.directions), *WALK)

    def build(self, config):
        from .network import ConditionalVae as Network

        return Network(config).eval()

    def finish(self, network, config):
        from models.layers.directions import strongest

        network.directions.copy_(strongest(network.typical, config.latent, config.directions))

    def noise(self, config, asked):
        from models.layers.conditions import drawn

        return np.concatenate([spot(asked, config.latent), drawn(asked)])

    def generate(self, network, config, asked, noise):
        return network.answer(noise[:, : config.latent], noise[:, config.latent :], asked)


FAMILY = ConditionalVae()
