"""What a person may set about a voice."""

from __future__ import annotations

from models.family import Slider, Words

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
