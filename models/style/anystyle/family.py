"""Any style: Huang and Belongie, "Arbitrary Style Transfer in Real-time with Adaptive Instance
Normalization", ICCV 2017 (arXiv 1703.06868), with our own eye in place of a downloaded network."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Family, Words
from models.style.controls import CONTENT, STYLE


@dataclass(frozen=True)
class Config:
    widths: tuple[int, ...] = (24, 64, 128)  # the eye's first three stages
    depths: tuple[int, ...] = (1, 1, 2)
    size: int = 256  # of the training pictures; answers have any size
    channels: int = 3


@dataclass(frozen=True)
class Recipe:
    minutes: float = 30
    side: int = 96
    batch: int = 4
    nearest_content: float = 0.4  # a training square shows at least this share of a side
    nearest_style: float = 0.5
    rate: float = 1e-3
    average: float = 0.995
    content: float = 1.0
    style: float = 2.0
    colour: float = 5.0  # means and covariance of the pixels themselves
    back: float = 2.0  # a picture in its own style is the picture
    back_every: int = 4
    smooth: float = 0.1
    # data sets of style pictures and how often each is drawn; the job's own data comes first
    also: tuple[tuple[str, int, float], ...] = (("monet", 256, 0.2), ("eye_art", 128, 0.4))
    contents: str = "contents"


class AnyStyleFamily(Family):
    id = "style/anystyle"
    row = "S1"
    title = Words("Any style", "任意风格")
    summary = Words(
        "Paints your picture in the manner of any style picture, seen before or not.",
        "按任意一幅风格图片的手法绘制您的图片,无论它是否见过。",
    )
    gives = "picture"
    takes = (CONTENT, STYLE)
    Config = Config
    Recipe = Recipe
    loop = "models.style.anystyle.learning"

    def tiny(self):
        return Config(widths=(4, 6, 8), depths=(0, 0, 1), size=32)

    def controls(self, config):
        return ()

    def build(self, config):
        from .network import AnyStyle

        return AnyStyle(config).eval()


FAMILY = AnyStyleFamily()
