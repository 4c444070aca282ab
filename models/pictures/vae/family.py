"""VAE: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014 (arXiv 1312.6114), with the
calibrated decoder of Rybkin, Daniilidis, Levine, "Simple and Effective VAE Training with
Calibrated Decoders", 2021 (arXiv 2006.13202)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Family, Words
from models.layers.controls import PLACE, SPREAD, WALK, directions
from models.layers.own_picture import NEAR, OWN
from models.layers.walk import spot


@dataclass(frozen=True)
class Config:
    size: int = 64
    channels: int = 3
    latent: int = 128
    base: int = 48  # 48, 96, 192, 256: 3.9 M parameters, 7.8 MB in half precision
    directions: int = 8


@dataclass(frozen=True)
class Recipe:
    minutes: float = 90
    batch: int = 64
    rate: float = 1e-3
    average: float = 0.999
    beta: float = 1.0  # weight of the latents' cost: 1 is the bound itself
    eye: float = 0.5  # weight of likeness to our feature network's shallow maps; 0: pixels only
    warm_up: int = 1000  # steps over which that weight grows from 0
    shift: int = 3  # pixels that training pictures move: 4,211 cats are soon known by heart


class VaePictures(Family):
    id = "pictures/vae"
    row = "P6"
    place = 12
    title = Words("VAE", "变分自编码器")
    summary = Words(
        "Squeezes a picture into 128 numbers and paints it back; takes your own picture too.",
        "把图片压缩成 128 个数再画回来;也可以放入您自己的图片。",
    )
    gives = "picture"
    takes = (OWN,)
    Config = Config
    Recipe = Recipe
    loop = "models.learning.variational"
    metrics = ("eye", "reconstruction", "smoothness")

    def tiny(self):
        return Config(size=16, latent=8, base=6, directions=2)

    def controls(self, config):
        return (PLACE, SPREAD, NEAR, *directions(config.directions), *WALK)

    def build(self, config):
        from .network import Vae

        return Vae(config).eval()

    def finish(self, network, config):
        from models.layers.directions import strongest

        network.directions.copy_(strongest(network.paint, config.latent, config.directions))

    def noise(self, config, asked):
        return spot(asked, config.latent)

    def generate(self, network, config, asked, noise):
        return network.answer(noise, asked)


FAMILY = VaePictures()
