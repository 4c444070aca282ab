"""DRLSRGAN: deep residual learning, features of several scales fused, an adversary; on top of what
`upscale/srgan` does (Ledig et al. 2017, arXiv 1609.04802; Wang et al. 2018, arXiv 1809.00219)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.layers.enlarge import tiling
from models.upscale.srgan.family import Config as SrganConfig
from models.upscale.srgan.family import Recipe as SrganRecipe
from models.upscale.srgan.family import Srgan


@dataclass(frozen=True)
class Config(SrganConfig):
    blocks: int = 4  # each looks near and far; four of them cost two thirds of the chain


@dataclass(frozen=True)
class Recipe(SrganRecipe):
    rate: float = 4e-4  # its blocks are new, only the chain was taken over
    likeness: float = 2.5


class Drlsrgan(Srgan):
    id = "upscale/drlsrgan"
    row = "U4"
    title = Words("DRLSRGAN", "DRLSRGAN 深度残差生成对抗网络")
    summary = Words(
        "A deeper SRGAN: residual blocks look near and far at once, and a critic asks for texture.",
        "更深的 SRGAN:残差块同时看近处和远处,判别网络要求补出纹理。",
    )
    Config = Config
    Recipe = Recipe

    def tiny(self):
        return Config(scale=2, wide=8, depth=2, blocks=2)

    def build(self, config):
        from models.layers.blend import Blend

        from .network import DeepUpscaler

        sizes = (config.wide, config.depth, config.scale, config.blocks)
        return Blend(lambda: DeepUpscaler(*sizes)).eval()

    def tiling(self, config, asked):
        return tiling(config.scale, config.depth + 2 + 2 * config.blocks)


FAMILY = Drlsrgan()
