"""Any style: Huang and Belongie, "Arbitrary Style Transfer in Real-time with Adaptive Instance
Normalization", ICCV 2017 (arXiv 1703.06868), with our own eye in place of a downloaded network."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Choice, Family, Takes, Words
from models.style.controls import BLEND, CONTENT, FINISH, MASK, nothing
from models.style.gallery import works
from models.style.recipe import PaintingRecipe

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
class Recipe(PaintingRecipe):
    copying: float = 0.1
    back: float = 1.0
    shelf: int = 3000  # style squares whose numbers are kept; each step adds one
    # data sets of style pictures and how often each is drawn; the job's own data comes first
    also: tuple[tuple[str, int, float], ...] = (("monet", 256, 0.2), ("eye_art", 128, 0.3))


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
        return (
            Choice(name="style", label=label, help=told, options=known, default=known[0][0]),
            *FINISH,
            Choice(name="second", label=also, help=more, options=known, default=known[1][0],
                   group="blend"),
            BLEND,
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
