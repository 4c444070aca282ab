"""WaveNet over notes: van den Oord and others, "WaveNet: A Generative Model for Raw Audio", 2016
(arXiv 1609.03499), with sixteenths in place of samples."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from models.family import Choice, Family, Slider, Words
from models.layers.form import HEAT
from models.layers.own_notes import FROM_BAR, OWN
from models.layers.playing import playing, take

TRACKS = (
    ("melody", Words("Melody", "旋律"), "violin"),
    ("chords", Words("Chords", "和弦"), "guitar"),
    ("bass", Words("Bass", "低音"), "bass"),
)
METER = Choice(
    name="meter", label=Words("Meter", "拍号"),
    help=Words("How many beats a bar has: 6/8 is a jig.", "每小节几拍:6/8 是吉格舞曲。"),
    options=tuple((m, Words(m, m)) for m in ("4/4", "6/8", "2/4")), default="4/4",
)  # fmt: skip
MODE = Choice(
    name="mode", label=Words("Mode", "调式"),
    help=Words("Major is brighter, minor darker.", "大调明亮,小调暗淡。"),
    options=(("major", Words("Major", "大调")), ("minor", Words("Minor", "小调"))), default="major",
)  # fmt: skip
BUSY = Slider(
    name="busy", label=Words("Energy", "活力"),
    help=Words("Few long notes to the left, many to the right.", "左边音少而长,右边音多而短。"),
    low=-2.5, high=2.5, step=0.1, default=0, unit="σ",
)  # fmt: skip
BARS = Slider(
    name="bars", label=Words("Bars", "小节数"), help=Words("How long it is.", "乐曲长度。"),
    low=2, high=16, step=1, default=8,
)  # fmt: skip
GIVEN = Slider(
    name="given", label=Words("Bars kept", "保留小节数"), group="own",
    help=Words("How many bars of your file are kept before it goes on.", "续写前保留的小节数。"),
    low=1, high=8, step=1, default=2, unit="bars",
)  # fmt: skip

TUNE, CHORDS = Words("tune", "旋律"), Words("chords", "和弦")
TAKES = (take("tune", TUNE, CHORDS), take("chords", CHORDS, TUNE))


@dataclass(frozen=True)
class Config:
    width: int = 64
    embed: int = 24
    inner: int = 96
    layers: int = 7  # dilations 1 to 64: a network looks back over 128 sixteenths, eight bars
    rounds: int = 1
    drop: float = 0.2


@dataclass(frozen=True)
class Recipe:
    minutes: float = 60
    batch: int = 16
    rate: float = 3e-3
    average: float = 0.995


class WaveNetMusic(Family):
    id = "music/wavenet"
    row = "M6"
    place = 12
    title = Words("WaveNet", "WaveNet 网络")
    summary = Words(
        "Writes folk tunes with chords note by note, and goes on with your own melody.",
        "逐音写出带和弦的民间曲调,并能续写您的旋律。",
    )
    gives = "notes"
    takes = (OWN,)
    Config = Config
    Recipe = Recipe
    loop = "models.learning.tunes"

    def tiny(self):
        return Config(width=12, embed=6, inner=12, layers=3)

    def lessons(self, config, data):
        from .lessons import WaveNetLessons

        return WaveNetLessons(config, data)

    def controls(self, config):
        heat = replace(HEAT, default=0.8)
        own = (GIVEN, FROM_BAR)
        return (METER, MODE, BUSY, BARS, heat, *TAKES, *own, *playing(112, TRACKS))

    def build(self, config):
        from .network import WaveNet

        return WaveNet(config).eval()

    def noise(self, config, asked):
        drawn = np.random.RandomState(np.array([asked.seed, 17], np.uint32))
        return drawn.random_sample(16 * 16 * 2).astype(np.float32)

    def generate(self, network, config, asked, noise):
        from .piece import tune

        return [tune(network, a, n) for a, n in zip(asked, noise, strict=True)]

    def own_rows(self, subject):
        from .figures import rows

        return rows(subject)


FAMILY = WaveNetMusic()
