"""Any style: Huang and Belongie, "Arbitrary Style Transfer in Real-time with Adaptive Instance
Normalization", ICCV 2017 (arXiv 1703.06868), with our own eye in place of a downloaded network."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Choice, Family, Slider, Takes, Words
from models.style.controls import CONTENT, FINISH, MASK, nothing
from models.style.gallery import works

OWN_STYLE = Takes(
    name="own_style",
    kind="picture",
    label=Words("Your style picture", "您的风格图片"),
    help=Words(
        "Its manner takes the place of the chosen style.",
        "用它的手法代替所选的风格。",
    ),
    required=False,
)


@dataclass(frozen=True)
class Config:
    widths: tuple[int, ...] = (24, 64, 128)  # the eye's first three stages
    depths: tuple[int, ...] = (1, 1, 2)
    code: int = 96  # numbers that steer the decoder
    gallery: int = 24  # works of art that the network knows by heart
    size: int = 256  # of the training pictures; answers have any size
    channels: int = 3


@dataclass(frozen=True)
class Recipe:
    minutes: float = 30
    side: int = 64  # of 96 every step took twice as long and taught no more
    style_side: int = 96  # of the squares whose statistics are wanted
    batch: int = 4
    nearest_content: float = 0.4  # a training square shows at least this share of a side
    style_size: int = 384  # of the job's own data, which is drawn closer: strokes, not scenes
    nearest_style: float = 0.3
    farthest_style: float = 0.6
    rate: float = 1e-3
    rate_body: float = 0.01  # of orthogonal steps, for the decoder's kernels
    average: float = 0.995
    copying: float = 0.1  # share of the minutes that only learns to give a picture back
    shelf: int = 3000  # style squares whose numbers are kept; each step adds one
    content: float = 1.0
    style: float = 12.0  # 2 and 6 changed colours and hardly a stroke in ten minutes each
    colour: float = 5.0  # means and covariance of the pixels themselves
    back: float = 1.0  # a picture in its own style is the picture
    back_every: int = 8
    smooth: float = 0.1
    # data sets of style pictures and how often each is drawn; the job's own data comes first
    also: tuple[tuple[str, int, float], ...] = (("monet", 256, 0.2), ("eye_art", 128, 0.3))
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
    takes = (CONTENT, OWN_STYLE, MASK)
    Config = Config
    Recipe = Recipe
    metrics = ("manner",)
    loop = "models.style.learning"

    def tiny(self):
        return Config(widths=(4, 6, 8), depths=(0, 0, 1), code=8, gallery=3, size=32)

    def controls(self, config):
        known = tuple((w.name, w.words) for w in works()[: config.gallery])
        label, also = Words("Style", "风格"), Words("Second style", "第二种风格")
        told = Words("The work whose manner is taken.", "采用其手法的作品。")
        more = Words("The work that is blended in.", "混入其手法的作品。")
        blend = Slider(
            name="blend",
            label=Words("Blend", "混合"),
            help=Words(
                "0 is the first style alone, 1 the second alone.", "0 只用第一种,1 只用第二种。"
            ),
            low=0.0,
            high=1.0,
            step=0.05,
            default=0.0,
            group="blend",
        )
        return (
            Choice(name="style", label=label, help=told, options=known, default=known[0][0]),
            *FINISH,
            Choice(name="second", label=also, help=more, options=known, default=known[1][0],
                   group="blend"),
            blend,
        )  # fmt: skip

    def build(self, config):
        from .network import AnyStyle

        return AnyStyle(config).eval()

    def lesson(self, job, eye, network):
        """What the loop asks: which style is next, and what is wanted of it."""
        from .lesson import Shelf

        return Shelf(job, eye, network)

    def finish(self, network, config):
        network.learn_by_heart([w.path for w in works()[: config.gallery]])

    def noise(self, config, asked):
        return nothing()

    def generate(self, network, config, asked, noise):
        from models.style.painting import painted

        names = [w.name for w in works()]
        return painted(network, [network.turn(a, names) for a in asked], asked)


FAMILY = AnyStyleFamily()
