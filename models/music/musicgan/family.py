"""MusicGAN: Dong, Hsiao, Yang, Yang, "MuseGAN", AAAI 2018 (arXiv 1709.06298)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.family import Choice, Family, Words
from models.layers import form
from models.layers.playing import playing, reroll

KEYS = ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
TRACKS = (
    ("melody", Words("Melody", "旋律"), "flute"),
    ("bridge", Words("Second melody", "副旋律"), "vibraphone"),
    ("piano", Words("Piano", "钢琴"), "piano"),
    ("bass", Words("Bass", "贝斯"), "bass"),
    ("drums", Words("Drums", "鼓"), ""),
)
KEY = Choice(
    name="key", label=Words("Key", "调"),
    help=Words("The major key it is in, or that key's relative minor.", "所在大调或其关系小调。"),
    options=tuple((str(i), Words(k, k)) for i, k in enumerate(KEYS)), default="0",
)  # fmt: skip
BARS = replace(form.BARS, low=4, high=16, step=4, help=Words("How long it is.", "乐曲长度。"))


@dataclass(frozen=True)
class Config:
    shared: int = 52  # numbers of a phrase that all tracks share; the last four may be wishes
    shared_bar: int = 16  # the same for every bar
    own: int = 16  # numbers of a track
    own_bar: int = 8
    base: int = 96
    head: int = 40  # channels of a track
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recipe:
    minutes: float = 60
    batch: int = 32
    rate: float = 6e-4
    momentum: float = 0.5
    average: float = 0.995
    critic: int = 56  # its narrowest channels
    penalty: float = 1.0
    penalty_every: int = 8
    reading: float = 0.4  # share of the minutes in which it only learns to write what it reads
    beta: float = 0.7  # of the noise, in that time
    like: str = ""  # a published model with conditions whose generator this one begins with
    alone: int = 0  # steps in which only the critic learns
    alike: float = 0.0  # weight of how much each track plays in each bar, compared as distributions


class MusicGanMusic(Family):
    id = "music/musicgan"
    row = "M1"
    place = 14
    title = Words("MusicGAN", "MusicGAN 多轨生成网络")
    summary = Words(
        "Four bars for a band of five at once; lock the tracks you like and re-roll the others.",
        "一次写出五轨乐队的四个小节;锁定喜欢的声部,重掷其余。",
    )
    gives = "notes"
    Config = Config
    Recipe = Recipe
    loop = "models.music.musicgan.learning"

    def tiny(self):
        return Config(shared=4, shared_bar=2, own=2, own_bar=2, base=8, head=8)

    def controls(self, config):
        shape = (form.PLACE, form.FORM, BARS, form.WANDER, form.SPREAD, *form.MIX)
        return (KEY, *self.wishes(), *shape, *reroll(TRACKS), *playing(84, TRACKS))

    def wishes(self):
        """Controls of the conditions, in their order."""
        return ()

    def build(self, config):
        from .network import MusicGan

        return MusicGan(config).eval()

    def noise(self, config, asked):
        from .piece import draw

        return draw(config, asked)

    def generate(self, network, config, asked, noise):
        from .piece import band

        return [band(network, a, n) for a, n in zip(asked, noise, strict=True)]

    def shown(self, cells):
        from .piece import shown

        return shown(cells)

    def own_rows(self, subject):
        from .figures import rows

        return rows(subject)


FAMILY = MusicGanMusic()
