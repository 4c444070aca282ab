"""Light CNN: a chain of 3x3 convolutions at the small size and a pixel shuffle (Shi et al. 2016,
arXiv 1609.05158); identities lie in the kernels (Bhardwaj et al., "Collapsible Linear Blocks for
Super-Efficient Super Resolution", 2022, arXiv 2103.09404)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Family, Words
from models.layers.enlarge import PICTURE, THOROUGH, enlarged, size, tiling


@dataclass(frozen=True)
class Config:
    scale: int = 4
    wide: int = 48  # 48 x 13: ten times as fast as EDSR-baseline
    depth: int = 13
    channels: int = 3


@dataclass(frozen=True)
class Recipe:
    minutes: float = 150
    batch: int = 16  # with bf16 a step of 16 takes 45 ms on one core, of which 8 are the steps
    patch: int = 24  # pixels of the small picture; 48 for the last minutes (see ../README.md)
    squares: float = 0.0  # weight of squared errors beside plain ones
    rate: float = 1e-3
    rate_body: float = 0.01
    average: float = 0.998  # EMA of the weights, per step
    like: str = ""  # a folder below runs/ whose weights this one starts with
    teacher: str = ""  # a published model whose eightfold answers are learned from
    trust: float = 0.8  # the teacher's share in what is learned, the truth has the rest


class Cnn(Family):
    id = "upscale/cnn"
    row = "U2"
    title = Words("Light CNN", "轻量卷积网络")
    summary = Words(
        "Larger and sharper, and true to what is there: it learned to make the smallest error.",
        "放大并变清晰,忠于原图:它学习的是把误差降到最小。",
    )
    gives = "picture"
    takes = (PICTURE,)
    Config = Config
    Recipe = Recipe
    loop = "models.learning.restoration"
    metrics = ("restoration",)

    def tiny(self):
        return self.Config(scale=2, wide=8, depth=2)

    def controls(self, config):
        return (THOROUGH,)

    def build(self, config):
        from models.layers.upscaler import Upscaler

        return Upscaler(config.wide, config.depth, config.scale).eval()

    def tiling(self, config, asked):
        return tiling(config.scale, config.depth + 2)

    def size(self, config, asked):
        return size(asked, config.scale)

    def noise(self, config, asked):
        return np.zeros(0, np.float32)  # one answer for one picture

    def generate(self, network, config, asked, noise):
        return enlarged(network, asked, config.scale, noise.device)


FAMILY = Cnn()
