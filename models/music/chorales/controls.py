"""What a person may set about a chorale."""

from __future__ import annotations

import dataclasses

from models.family import Choice, Slider, Words
from models.layers.form import HEAT as WARM
from models.layers.own_notes import FROM_BAR
from models.layers.playing import playing, take

VOICES = (
    ("soprano", Words("Soprano", "女高音"), "choir"),
    ("alto", Words("Alto", "女低音"), "choir"),
    ("tenor", Words("Tenor", "男高音"), "choir"),
    ("bass", Words("Bass", "男低音"), "choir"),
)
ANY = ("any", Words("Any", "任意"))
KEYS = ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
TASK = Choice(
    name="task",
    label=Words("With your file", "如何使用您的文件"),
    help=Words(
        "Harmonise: its tune stays as it is and gets three more voices. Go on: its first bars are "
        "kept and the rest is new.",
        "配和声:保留旋律,再加三个声部。续写:保留前几小节,其余为新作。",
    ),
    group="own",
    options=(("harmonise", Words("Harmonise", "配和声")), ("go_on", Words("Go on", "续写"))),
    default="harmonise",
)
GIVEN = Slider(
    name="given", label=Words("Bars kept", "保留小节数"), group="own",
    help=Words("How many bars of it are kept before it goes on.", "续写前保留的小节数。"),
    low=1, high=8, step=1, default=2, unit="bars",
)  # fmt: skip
PACE = Choice(
    name="pace",
    label=Words("Pace", "节奏"),
    help=Words("Plain quarters, or passing notes between them.", "朴素的四分音符,或带经过音。"),
    options=(
        ("quarters", Words("Quarters", "四分音符")),
        ("eighths", Words("Passing notes", "带经过音")),
    ),
    default="eighths",
)
KEY = Choice(
    name="key", label=Words("Key", "调"), help=Words("The key it is in.", "乐曲的主音。"),
    options=(ANY, *((str(i), Words(k, k)) for i, k in enumerate(KEYS))), default="7",
)  # fmt: skip
MODE = Choice(
    name="mode",
    label=Words("Mode", "调式"),
    help=Words("Major is brighter, minor darker.", "大调明亮,小调暗淡。"),
    options=(ANY, ("major", Words("Major", "大调")), ("minor", Words("Minor", "小调"))),
    default="major",
)
BARS = Slider(
    name="bars", label=Words("Bars", "小节数"), help=Words("How long it is.", "乐曲长度。"),
    low=2, high=16, step=1, default=8,
)  # fmt: skip

HEAT = dataclasses.replace(WARM, default=0.85)  # cooler, it holds one chord for ever

SOPRANO, LOWER = Words("soprano", "女高音"), Words("lower voices", "下方声部")
TAKES = (take("voices", LOWER, SOPRANO), take("soprano", SOPRANO, LOWER))

CONTROLS = (
    KEY,
    MODE,
    PACE,
    BARS,
    HEAT,
    *TAKES,
    TASK,
    GIVEN,
    FROM_BAR,
    *playing(76, VOICES, swing=False),
)
