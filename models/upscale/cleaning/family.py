"""Cleaning CNN: the light CNN gone on with on worn photographs; between both lies a control (Wang
et al., "Deep Network Interpolation for Continuous Imagery Effect Transition", 2019, arXiv
1811.10515)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Slider, Words
from models.upscale.blended import Blended
from models.upscale.cnn.family import Recipe as CnnRecipe


@dataclass(frozen=True)
class Recipe(CnnRecipe):
    minutes: float = 60
    like: str = "upscale-cnn-photos4"


CLEAN = Slider(
    name="clean",
    label=Words("Clean", "去痕程度"),
    help=Words(
        "0 keeps every mark as the light CNN does; 1 takes grain, blur and JPEG blocks away.",
        "0 与轻量卷积网络一样保留所有痕迹;1 会去除噪点、模糊和 JPEG 块状痕迹。",
    ),
    low=0.0,
    high=1.0,
    step=0.05,
    default=1.0,
)


class Cleaning(Blended):
    id = "upscale/cleaning"
    row = "U5"
    blend = CLEAN
    title = Words("Cleaning CNN", "去痕卷积网络")
    summary = Words(
        "For pictures from a telephone or the web: larger, without their grain and JPEG blocks.",
        "适合手机或网络图片:放大的同时去掉噪点和 JPEG 块状痕迹。",
    )
    Recipe = Recipe


FAMILY = Cleaning()
