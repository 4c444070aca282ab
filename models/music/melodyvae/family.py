"""Melody VAE: Roberts, Engel, Raffel, Hawthorne, Eck, "A Hierarchical Latent Vector Model for
Learning Long-Term Structure in Music", ICML 2018 (arXiv 1803.05428)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Family, Words
from models.layers.form import draw, form_controls, more_of
from models.layers.own_notes import FROM_BAR, NEAR, OWN
from models.layers.playing import playing

MORE = (
    ("height", Words("Height", "音高")),
    ("notes", Words("Notes", "音符数量")),
    ("leaps", Words("Leaps", "跳进")),
    ("off_beat", Words("Off the beat", "切分")),
)
NAMES = tuple(name for name, _ in MORE)


@dataclass(frozen=True)
class Config:
    steps: int = 32  # two bars of sixteenths
    latent: int = 96
    base: int = 96
    width: int = 160  # of the decoder's memory


@dataclass(frozen=True)
class Recipe:
    minutes: float = 60
    batch: int = 64
    rate: float = 2e-3
    average: float = 0.998
    beta: float = 0.15  # a latent that costs its full price forgets the tune
    free: float = 12.0  # nats of a window's latents that cost nothing
    drop: float = 0.3  # of the events before, hidden from the decoder
    warm_up: int = 1000


class MelodyVaeMusic(Family):
    id = "music/melodyvae"
    row = "M4"
    place = 11
    title = Words("Melody VAE", "旋律变分自编码器")
    summary = Words(
        "Two bars of a tune as 96 numbers: bend them, mix two tunes, or start from your own.",
        "把两小节旋律压缩成 96 个数:可以弯曲、混合两段旋律,或从您自己的旋律出发。",
    )
    gives = "notes"
    takes = (OWN,)
    Config = Config
    Recipe = Recipe
    loop = "models.learning.tunes"

    def tiny(self):
        return Config(latent=4, base=8, width=12)

    def lessons(self, config, data):
        from .lessons import MelodyLessons

        return MelodyLessons(config, data)

    def controls(self, config):
        tracks = (("melody", Words("Melody", "旋律"), "flute"),)
        return (*form_controls(), *more_of(MORE), NEAR, FROM_BAR, *playing(112, tracks))

    def build(self, config):
        from .network import MelodyVae

        return MelodyVae(config, len(MORE)).eval()

    def noise(self, config, asked):
        return draw(asked.seed, asked.controls["place"], config.latent, config.steps, 1)

    def generate(self, network, config, asked, noise):
        from .piece import tune

        return [tune(network, a, n, NAMES) for a, n in zip(asked, noise, strict=True)]

    def own_rows(self, subject):
        from .figures import rows

        return rows(subject)


FAMILY = MelodyVaeMusic()
