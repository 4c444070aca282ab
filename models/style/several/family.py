"""Several styles in one network: Dumoulin, Shlens, Kudlur, "A Learned Representation for Artistic
Style", ICLR 2017 (arXiv 1610.07629). A style is a code that says how much and where each map of the
decoder is turned up; codes can be blended. Judged by the eye's statistics, not by a critic, which
teaches a style in a tenth of the minutes."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Family, Slider, Words
from models.style.controls import CONTENT, FINISH, MASK, nothing
from models.style.recipe import PaintingRecipe

NAMES = {
    "impressionism": Words("Impressionism (Monet)", "印象派(莫奈)"),
    "post-impressionism": Words("Van Gogh", "梵高"),
    "ukiyo-e woodcut": Words("Japanese woodcut", "浮世绘木版画"),
    "abstract": Words("Abstract (Kandinsky)", "抽象派(康定斯基)"),
    "chinese ink": Words("Chinese ink", "中国水墨"),
    "wood engraving": Words("Wood engraving", "木口木刻"),
    "mosaic": Words("Roman mosaic", "罗马马赛克"),
    "expressionism": Words("Expressionism (Munch)", "表现主义(蒙克)"),
}


@dataclass(frozen=True)
class Config:
    widths: tuple[int, ...] = (24, 64, 128)  # the eye's first three stages
    depths: tuple[int, ...] = (1, 1, 2)
    code: int = 32
    styles: tuple[str, ...] = tuple(NAMES)
    size: int = 256  # of the training pictures; answers have any size
    channels: int = 3


@dataclass(frozen=True)
class Recipe(PaintingRecipe):
    minutes: float = 20
    nearest_content: float = 0.3
    farthest_style: float = 0.7
    squares: int = 48  # of each style, whose statistics are averaged
    rate: float = 2e-3
    average: float = 0.99


def named(style: str) -> str:
    """The control of one style."""
    return style.replace(" ", "_").replace("-", "_")


class SeveralStyles(Family):
    id = "style/several"
    row = "S3"
    title = Words("Several styles", "多种风格")
    summary = Words(
        "One small network that knows a few styles well, and everything between them.",
        "一个小网络,熟知几种风格以及它们之间的一切。",
    )
    gives = "picture"
    takes = (CONTENT, MASK)
    Config = Config
    Recipe = Recipe
    metrics = ("several",)
    loop = "models.style.learning"

    def tiny(self):
        return Config(widths=(4, 6, 8), depths=(0, 0, 1), code=8, styles=tuple(NAMES)[:3], size=32)

    def controls(self, config):
        def weight(style: str, default: float) -> Slider:
            return Slider(
                name=named(style),
                label=NAMES.get(style, Words(style, style)),
                help=Words(
                    "How much of this style; weights count against each other.",
                    "这种风格占多少;各权重按比例计算。",
                ),
                low=0.0,
                high=1.0,
                step=0.05,
                default=default,
                group="styles",
            )

        first = config.styles[0]
        weights = (weight(style, float(style == first)) for style in config.styles)
        return (*weights, *FINISH)

    def build(self, config):
        from .network import Several

        return Several(config).eval()

    def lesson(self, job, eye, network):
        """What the loop asks: which style is next, and what is wanted of it."""
        from .lesson import Groups

        return Groups(job, eye, network)

    def noise(self, config, asked):
        return nothing()

    def generate(self, network, config, asked, noise):
        from models.style.painting import painted

        names = [named(style) for style in config.styles]
        turns = [network.turn([a.controls[name] for name in names]) for a in asked]
        return painted(network, turns, asked)


FAMILY = SeveralStyles()
