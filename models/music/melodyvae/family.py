"""Melody VAE: Roberts, Engel, Raffel, Hawthorne, Eck, "A Hierarchical Latent Vector Model for
Learning Long-Term Structure in Music", ICML 2018 (arXiv 1803.05428)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.layers.playing import playing
from models.music.bars import BarMusic


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


class MelodyVaeMusic(BarMusic):
    id = "music/melodyvae"
    place = 11
    title = Words("Melody VAE", "旋律变分自编码器")
    summary = Words(
        "Two bars of a tune as 96 numbers: bend them, mix two tunes, or start from your own.",
        "把两小节旋律压缩成 96 个数:可以弯曲、混合两段旋律,或从您自己的旋律出发。",
    )
    Config = Config
    Recipe = Recipe
    more = (
        ("height", Words("Height", "音高")),
        ("notes", Words("Notes", "音符数量")),
        ("leaps", Words("Leaps", "跳进")),
        ("off_beat", Words("Off the beat", "切分")),
    )
    played = playing(112, (("melody", Words("Melody", "旋律"), "flute"),))

    def tiny(self):
        return Config(latent=4, base=8, width=12)

    def lessons(self, config, data):
        from .lessons import MelodyLessons

        return MelodyLessons(config, data)

    def build(self, config):
        from .network import MelodyVae

        return MelodyVae(config, len(self.more)).eval()

    def generate(self, network, config, asked, noise):
        from .piece import tune

        names = [name for name, _ in self.more]
        return [tune(network, a, n, names) for a, n in zip(asked, noise, strict=True)]

    def own_rows(self, subject):
        from .figures import rows

        return rows(subject)


FAMILY = MelodyVaeMusic()
