"""Drum VAE: after MusicVAE (Roberts et al., ICML 2018) and GrooVAE: Gillick, Roberts, Engel, Eck,
Bamman, "Learning to Groove with Inverse Sequence Transformations", ICML 2019 (arXiv 1905.06118)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Switch, Words
from models.layers.playing import playing
from models.music.bars import BarMusic

KEEP = Switch(
    name="keep",
    label=Words("Humanise only", "仅作人性化"),
    help=Words(
        "Your own hits stay as they are and get a drummer's loudness and timing.",
        "保留您的鼓点,只加上鼓手的力度和时值。",
    ),
    group="own",
)


@dataclass(frozen=True)
class Config:
    steps: int = 32  # two bars of sixteenths
    latent: int = 96
    base: int = 512
    width: int = 64  # numbers that say a step


@dataclass(frozen=True)
class Recipe:
    minutes: float = 60
    batch: int = 128
    rate: float = 2e-3
    average: float = 0.998
    beta: float = 0.02  # at 0.2 latents hold 37 nats of a beat that needs about 100
    free: float = 12.0  # nats of a window's latents that cost nothing
    drop: float = 0.0  # nothing is told of the steps before
    warm_up: int = 300


class DrumVaeMusic(BarMusic):
    id = "music/drumvae"
    place = 13
    title = Words("Drum VAE", "鼓点变分自编码器")
    summary = Words(
        "Two bars of drums as 96 numbers, with a drummer's touch; it also humanises a flat beat.",
        "把两小节鼓点连同鼓手的力度和时值压缩成 96 个数;也能让死板的鼓点更有人味。",
    )
    Config = Config
    Recipe = Recipe
    more = (
        ("busy", Words("Busy", "密集")),
        ("kick", Words("Kick", "底鼓")),
        ("cymbals", Words("Crash and ride", "镲片")),
        ("toms", Words("Toms", "嗵鼓")),
        ("off_beat", Words("Off the beat", "切分")),
    )
    wide = 9
    own = (KEEP,)
    played = playing(100, (("drums", Words("Drums", "鼓"), ""),), key=False)

    def tiny(self):
        return Config(latent=6, base=16, width=12)

    def lessons(self, config, data):
        from .lessons import DrumLessons

        return DrumLessons(config, data)

    def build(self, config):
        from .network import DrumVae

        return DrumVae(config, len(self.more)).eval()

    def generate(self, network, config, asked, noise):
        from .piece import beat

        names = [name for name, _ in self.more]
        return [beat(network, a, n, names) for a, n in zip(asked, noise, strict=True)]

    def own_rows(self, subject):
        from .figures import rows

        return rows(subject)


FAMILY = DrumVaeMusic()
