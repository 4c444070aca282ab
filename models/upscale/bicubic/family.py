"""Bicubic and its older relatives (Keys, "Cubic Convolution Interpolation for Digital Image
Processing", 1981): the floor, and the way to any size in between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Choice, Family, Slider, Words
from models.layers.enlarge import LIMIT, PICTURE

WAYS = (
    ("bicubic", Words("Bicubic", "双三次")),
    ("bilinear", Words("Bilinear", "双线性")),
    ("lanczos", Words("Lanczos", "Lanczos")),
    ("nearest", Words("Nearest: hard pixels", "最近邻:硬像素")),
)


def size_of(height: int, width: int, times: float, longest: float) -> tuple[int, int]:
    """(height, width) of the result, at least one pixel each."""
    if longest:
        times = longest / max(height, width)
    return max(1, round(height * times)), max(1, round(width * times))


@dataclass(frozen=True)
class Config:
    scale: int = 4
    longest: int = LIMIT  # pixels of a result's side
    channels: int = 3


@dataclass(frozen=True)
class Recipe:
    minutes: float = 0.1


class Bicubic(Family):
    id = "upscale/bicubic"
    row = "U1"
    title = Words("Bicubic", "双三次插值")
    summary = Words(
        "No network: smooth curves through the pixels. It also makes pictures smaller.",
        "不使用网络:在像素之间作平滑曲线。也可以缩小图片。",
    )
    gives = "picture"
    takes = (PICTURE,)
    Config = Config
    Recipe = Recipe
    loop = "models.upscale.bicubic.learning"
    metrics = ("restoration",)

    def tiny(self):
        return Config(scale=2, longest=96)

    def controls(self, config):
        return (
            Choice(
                name="way",
                label=Words("Way", "方法"),
                help=Words("Which curve runs through the pixels.", "像素之间采用哪种曲线。"),
                options=WAYS,
                default="bicubic",
            ),
            Slider(
                name="times",
                label=Words("Times", "倍数"),
                help=Words("How many times as large each side gets.", "每条边放大的倍数。"),
                low=0.05,
                high=8.0,
                step=0.05,
                default=float(config.scale),
            ),
            Slider(
                name="longest",
                label=Words("Longest side", "最长边"),
                help=Words(
                    "Pixels of the longest side, exactly; 0 leaves the size to the times.",
                    "最长边的像素数(精确);0 表示按倍数决定大小。",
                ),
                low=0,
                high=config.longest,
                step=1,
                default=0,
                unit="px",
            ),
        )

    def build(self, config):
        import torch

        return torch.nn.Module().eval()

    def size(self, config, asked):
        height, width = asked.inputs[PICTURE.name].shape[:2]
        return size_of(height, width, asked.controls["times"], asked.controls["longest"])

    def noise(self, config, asked):
        return np.zeros(0, np.float32)

    def generate(self, network, config, asked, noise):
        from .network import resized

        return [resized(a) for a in asked]


FAMILY = Bicubic()
