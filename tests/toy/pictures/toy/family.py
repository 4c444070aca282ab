"""The smallest family that works: one colour from a seed, one slider, one choice."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Choice, Family, Slider, Words
from models.layers.walk import normal


@dataclass(frozen=True)
class Config:
    size: int = 16
    channels: int = 3
    latent: int = 3


@dataclass(frozen=True)
class Recipe:
    minutes: float = 0.1


class Toy(Family):
    id = "pictures/toy"
    row = "none"
    title = Words("Toy colours", "玩具色块")
    summary = Words("One plain colour per seed.", "每个种子一种纯色。")
    gives = "picture"
    Config = Config
    Recipe = Recipe

    def tiny(self) -> Config:
        return Config()

    def controls(self, config):
        return (
            Slider(
                name="light",
                label=Words("Light", "亮度"),
                help=Words("How light the colour is.", "颜色的明亮程度。"),
                low=-1.0,
                high=1.0,
                step=0.25,
                default=0.0,
            ),
            Choice(
                name="shape",
                label=Words("Shape", "形状"),
                help=Words("What is filled with the colour.", "用颜色填充的形状。"),
                options=(("all", Words("Everything", "全部")), ("half", Words("Half", "一半"))),
                default="all",
            ),
        )

    def build(self, config):
        from .network import Colour

        return Colour(config).eval()

    def noise(self, config, asked):
        return normal(asked.seed, size=config.latent)

    def generate(self, network, config, asked, noise):
        light = noise.new_tensor([a.controls["light"] for a in asked])
        half = noise.new_tensor([a.controls["shape"] == "half" for a in asked])
        return network(noise, light, half)


FAMILY = Toy()
