"""ARVAE: a variational autoencoder whose decoder goes from bar to bar (see network.py)."""

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
    steps: int = 16  # sixteenths of a bar
    latent: int = 24  # of a bar: what the bars before do not say
    base: int = 64
    read: int = 128  # numbers that a bar is remembered by
    memory: int = 160  # of the bars before
    width: int = 160  # of the steps before, within a bar


@dataclass(frozen=True)
class Recipe:
    minutes: float = 30
    batch: int = 16  # tunes of up to sixteen bars
    rate: float = 2e-3
    average: float = 0.995
    beta: float = 0.5  # at its full price a latent says nothing, since so much is foreseen
    free: float = 2.0  # nats of a bar's latents that cost nothing
    drop: float = 0.25  # of the events before, and of the bars that may be repeated, hidden
    warm_up: int = 500


class ArVaeMusic(Family):
    id = "music/arvae"
    row = "M5"
    place = 12
    title = Words("ARVAE", "自回归变分自编码器 ARVAE")
    summary = Words(
        "Tunes of many bars: each bar is drawn from those before, and it goes on with yours.",
        "多小节旋律:每一小节都由之前的小节推出,也能续写您的旋律。",
    )
    gives = "notes"
    takes = (OWN,)
    Config = Config
    Recipe = Recipe
    loop = "models.learning.tunes"

    def tiny(self):
        return Config(latent=4, base=8, read=8, memory=8, width=12)

    def lessons(self, config, data):
        from .lessons import ArLessons

        return ArLessons(config, data)

    def controls(self, config):
        tracks = (("melody", Words("Melody", "旋律"), "whistle"),)
        bars = replace(
            BARS, low=4, high=16, default=16, help=Words("How long it is.", "乐曲长度。")
        )
        form = (PLACE, bars, replace(HEAT, default=0.8), SPREAD, *MIX)
        return (*form, *more_of(MELODY.more), GIVEN, FROM_BAR, *playing(112, tracks))

    def build(self, config):
        from .network import ArVae

        return ArVae(config, len(MELODY.more)).eval()

    def noise(self, config, asked):
        return draw(asked, 2 * config.latent, 2 * config.steps, 1)  # two bars of each idea

    def generate(self, network, config, asked, noise):
        from .piece import tune

        names = [name for name, _ in MELODY.more]
        return [tune(network, a, n, names) for a, n in zip(asked, noise, strict=True)]

    def own_rows(self, subject):
        from .figures import rows

        return rows(subject)


FAMILY = ArVaeMusic()
