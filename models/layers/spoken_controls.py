"""What a person may set about a voice."""

from __future__ import annotations

from models.family import Control, Pad, Slider, TextLine, Words

SPEED = Slider(
    name="speed",
    label=Words("Speed", "语速"),
    help=Words("How fast it is spoken; 1 is the reader's own pace.", "说话的快慢;1 为朗读者原速。"),
    low=0.5,
    high=2.0,
    step=0.05,
    default=1.0,
    unit="x",
)

PITCH = Slider(
    name="pitch",
    label=Words("Pitch", "音高"),
    help=Words("Higher or lower, in semitones.", "升高或降低,以半音为单位。"),
    low=-6.0,
    high=6.0,
    step=0.5,
    default=0.0,
    unit="st",
)

BREATH = Slider(
    name="breath",
    label=Words("Breath", "气声"),
    help=Words(
        "Loudness of the breathy part beside the humming one.", "气声部分相对于浊音部分的响度。"
    ),
    low=-12.0,
    high=12.0,
    step=1.0,
    default=0.0,
    unit="dB",
)

TEXT = TextLine(
    name="text",
    label=Words("Text", "文本"),
    help=Words("English; up to 2,000 characters.", "英文,最多 2000 个字符。"),
    longest=2000,
    default="Good evening. This voice learned from forty minutes of reading; it is no real person.",
)

ENERGY = Slider(
    name="energy",
    label=Words("Energy", "力度"),
    help=Words("Softly or with force; the voice changes with it.", "轻声或有力,音色随之变化。"),
    low=-6.0,
    high=6.0,
    step=0.5,
    default=0.0,
    unit="dB",
)

SPREAD = Slider(
    name="spread",
    label=Words("Liveliness", "生动程度"),
    help=Words(
        "How far the latents of words wander from what is expected: 0 is the same every time.",
        "各词潜变量偏离预期的程度:0 表示每次相同。",
    ),
    low=0.0,
    high=1.5,
    step=0.05,
    default=0.6,
)

STYLE = Pad(
    name="place",
    label=Words("Style", "风格"),
    help=Words(
        "Moves the latents of all words in two of their directions.",
        "沿两个方向移动所有词的潜变量。",
    ),
    low=-3.0,
    high=3.0,
    step=0.1,
)


def speech_controls() -> tuple[Control, ...]:
    """Everything that text to speech offers, in the order of the page."""
    return (TEXT, SPEED, PITCH, ENERGY, SPREAD, STYLE, BREATH)
