"""ARVAE: the melody VAE with an autoregressive prior over its two-bar latents (see network.py)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.family import Family, Slider, Words
from models.layers.form import BARS, HEAT, MIX, PLACE, SPREAD, draw, more_of
from models.layers.own_notes import FROM_BAR, OWN
from models.layers.playing import playing
from models.music.melodyvae.family import FAMILY as MELODY

GIVEN = Slider(
    name="given", label=Words("Bars kept", "保留小节数"), group="own",
    help=Words("How many bars of your file are kept before it goes on.", "续写前保留的小节数。"),
    low=2, high=8, step=2, default=4, unit="bars",
)  # fmt: skip


@dataclass(frozen=True)
class Config:
    steps: int = 32  # as the melody VAE has them, down to `width`
    latent: int = 96
    base: int = 96
    width: int = 160
    memory: int = 192
    free: int = 4  # members of the mixture that do not begin at an earlier latent
    drop: float = 0.2


@dataclass(frozen=True)
class Recipe:
    minutes: float = 30
    batch: int = 24  # tunes
    rate: float = 2e-3
    average: float = 0.995


class ArVaeMusic(Family):
    id = "music/arvae"
    row = "M5"
    place = 12
    title = Words("ARVAE", "自回归变分自编码器 ARVAE")
    summary = Words(
        "Tunes of many bars: every two bars are drawn from those before, and goes on with yours.",
        "多小节旋律:每两小节都由之前的小节推出,也能续写您的旋律。",
    )
    gives = "notes"
    takes = (OWN,)
    Config = Config
    Recipe = Recipe
    loop = "models.learning.tunes"

    def tiny(self):
        return Config(latent=8, base=8, width=12, memory=8, free=2)

    def lessons(self, config, data):
        from .lessons import ArLessons

        return ArLessons(config, data)

    def controls(self, config):
        tracks = (("melody", Words("Melody", "旋律"), "whistle"),)
        form = (PLACE, replace(BARS, low=4, default=16), replace(HEAT, default=0.2), SPREAD, *MIX)
        return (*form, *more_of(MELODY.more), GIVEN, FROM_BAR, *playing(112, tracks))

    def build(self, config):
        from .network import ArVae

        return ArVae(config, len(MELODY.more)).eval()

    def noise(self, config, asked):
        return draw(asked, config.latent, config.steps, 1)

    def generate(self, network, config, asked, noise):
        from .piece import tune

        names = [name for name, _ in MELODY.more]
        return [tune(network, a, n, names) for a, n in zip(asked, noise, strict=True)]

    def own_rows(self, subject):
        from .figures import rows

        return rows(subject)


FAMILY = ArVaeMusic()
