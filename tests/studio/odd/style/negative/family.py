"""A family that takes in a picture and gives its negative."""

from dataclasses import dataclass

import numpy as np

from models.family import Family, Slider, Takes, Words


@dataclass(frozen=True)
class Config:
    width: int = 4


@dataclass(frozen=True)
class Recipe:
    minutes: float = 0.1


class Negative(Family):
    id = "style/negative"
    row = "none"
    title = Words("Negative", "负片")
    summary = Words("Dark becomes light.", "明暗反转。")
    gives = "picture"
    takes = (
        Takes(
            name="picture",
            kind="picture",
            label=Words("Picture", "图片"),
            help=Words("Any picture.", "任意图片。"),
            limit=64,
        ),
    )
    Config = Config
    Recipe = Recipe

    def tiny(self):
        return Config()

    def controls(self, config):
        return (
            Slider(
                name="strength",
                label=Words("Strength", "强度"),
                help=Words("How much.", "程度。"),
                low=0.0,
                high=1.0,
                step=0.1,
                default=1.0,
            ),
        )

    def build(self, config):
        from torch import nn

        return nn.Linear(config.width, 4).eval()

    def noise(self, config, asked):
        return np.zeros(1, np.float32)

    def generate(self, network, config, asked, noise):
        import torch

        strength = asked[0].controls["strength"]
        picture = torch.from_numpy(asked[0].inputs["picture"].copy()).permute(2, 0, 1)[None]
        return (picture.float() / 127.5 - 1) * (1 - 2 * strength)


FAMILY = Negative()
