"""Instant CNN: the light CNN's chain, sixteen channels wide, as small as FSRCNN (Dong et al. 2016,
arXiv 1608.00367) and all of it at the small size."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.upscale.cnn.family import Cnn
from models.upscale.cnn.family import Config as CnnConfig
from models.upscale.cnn.family import Recipe as CnnRecipe


@dataclass(frozen=True)
class Config(CnnConfig):
    wide: int = 16  # the feature maps of 320x180 pixels stay in the processor's cache
    depth: int = 4


@dataclass(frozen=True)
class Recipe(CnnRecipe):
    minutes: float = 40
    rate: float = 2e-3
    rate_body: float = 0.02


class Instant(Cnn):
    id = "upscale/instant"
    title = Words("Instant CNN", "即时卷积网络")
    summary = Words(
        "The smallest network: sharper than bicubic while a slider moves, on any machine.",
        "最小的网络:在任何机器上都能随滑块即时放大,比双三次插值更清晰。",
    )
    Config = Config
    Recipe = Recipe


FAMILY = Instant()
