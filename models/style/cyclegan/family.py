"""CycleGAN: Zhu, Park, Isola, Efros, "Unpaired Image-to-Image Translation using Cycle-Consistent
Adversarial Networks", ICCV 2017 (arXiv 1703.10593)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from models.family import Family, Words
from models.style.controls import CONTENT, FINISH, MASK, direction, nothing


@dataclass(frozen=True)
class Config:
    # About 60 ms forward and backward for 128 x 128 on one AVX2 core; 32 + 64 x 5 took 80,
    # 32 + 96 x 4 took 116, the original's shape with 24 base channels 240
    base: int = 24
    wide: int = 64
    blocks: int = 4
    source: str = "photo"
    target: str = "monet"
    size: int = 256  # of the training pictures; answers have any size
    channels: int = 3


@dataclass(frozen=True)
class Recipe:
    minutes: float = 45
    sides: tuple[tuple[int, int, float], ...] = (
        (64, 4, 0.5),  # side, batch, until this share of the minutes
        (128, 2, 0.9),
        (256, 1, 1.0),
    )
    nearest: float = 0.4  # a training square shows at least this share of the picture's side
    rate: float = 8e-4
    betas: tuple[float, float] = (0.5, 0.99)
    average: float = 0.997
    cycle: float = 1.0  # the paper's 10, 4 and 2 left hardly a trace of style in so few steps
    cycle_every: int = 2  # lazily, and as much stronger: the content is kept from the first step on
    identity: float = 0.3
    identity_every: int = 4
    manner: float = 8.0  # likeness of a batch's shallow statistics to the domain's: a fast start
    eye: float = 0.5  # weight of the critic's head that looks through the eye; pixels 1
    buffer: int = 50
    critic_base: int = 32


class CycleGanStyle(Family):
    id = "style/cyclegan"
    row = "S4"
    title = Words("CycleGAN", "CycleGAN 循环生成对抗网络")
    summary = Words(
        "Turns a photograph into a painting and back; it never saw the same scene as both.",
        "把照片变成绘画,也能变回来;它从未见过同一景物的照片和绘画。",
    )
    gives = "picture"
    takes = (CONTENT, MASK)
    Config = Config
    Recipe = Recipe
    metrics = ("translation",)
    loop = "models.learning.cycle"

    def tiny(self):
        return Config(base=4, wide=6, blocks=1, size=32)

    def fit_to(self, config, data):
        column = next(iter(data.names.values()), ())
        if len(column) != 2:
            raise ValueError(
                "Unpaired translation needs pictures of exactly two kinds, in two sub-folders."
            )
        source = "photo" if "photo" in column else column[0]
        target = next(name for name in column if name != source)
        return dataclasses.replace(config, source=source, target=target)

    def controls(self, config):
        return (direction(config.source, config.target), *FINISH)

    def build(self, config):
        from .network import CycleGan

        return CycleGan(config).eval()

    def critic(self, config, recipe, seen):
        """Opponents from near and from afar, needed only while learning; `seen` is the width of
        the eye's map."""
        from torch.nn import ModuleList

        from .network import Critic

        return ModuleList([Critic(recipe.critic_base, seen, afar) for afar in (False, True)])

    def noise(self, config, asked):
        return nothing()

    def generate(self, network, config, asked, noise):
        from models.style.painting import painted

        turns = [getattr(network, a.controls["direction"]) for a in asked]
        return painted(network, turns, asked)


FAMILY = CycleGanStyle()
