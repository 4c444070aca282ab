"""What a conditional text autoencoder may be told, and what its texts are held to."""

from __future__ import annotations

from typing import Any

from models.family import Choice, Control, Slider, Switch, Words
from models.words.names import named

BLENDED = "emotion"  # the condition of which two can be mixed

BLEND = Slider(
    name="blend",
    label=Words("How much of the second", "第二种占多少"),
    help=Words(
        "0 is the first emotion alone, 1 the second, between them a blend.",
        "0 只有第一种情绪,1 只有第二种,其间为混合。",
    ),
    low=0.0,
    high=1.0,
    step=0.05,
    default=0.0,
)

STRENGTH = Slider(
    name="strength",
    label=Words("How strongly", "情绪强度"),
    help=Words(
        "1 is what the network was taught with, more overdoes the emotion, 0 leaves it out.",
        "1 为训练时的强度,更高会夸张,0 则不带情绪。",
    ),
    low=0.0,
    high=2.0,
    step=0.1,
    default=1.5,  # a judge recognised 70 % at 1, 88 % at 1.5; beyond, words repeat
)

HOLD = Switch(
    name="hold",
    label=Words("Hold form and rhyme", "守住格律与韵脚"),
    help=Words(
        "Marks stand where the form wants them, and lines two and four end with a character of the "
        "rhyme; off: as the network likes.",
        "标点按体裁落位,第二、四句以该韵的字结尾;关闭后由网络自行决定。",
    ),
    default=True,
)

SPARING = Slider(
    name="sparing",
    label=Words("Fresh characters", "少用重复字"),
    help=Words(
        "How much less likely a character becomes once it stands in the poem.",
        "诗中已出现的字再次出现的可能性降低多少。",
    ),
    low=0.0,
    high=6.0,
    step=0.5,
    default=3.0,
    unit="nats",
)


def wishes(config: Any) -> tuple[Control, ...]:
    """One choice for each condition, and what goes with it."""
    made: list[Control] = []
    for column, names in zip(config.conditions, config.names, strict=True):
        made.append(_choice(column, column, names, names[0]))
        if column == BLENDED:
            made += [_choice(f"{column}_2", "second", names, names[-1]), BLEND, STRENGTH]
        if column == "rhyme":
            made += [HOLD, SPARING]
    return tuple(made)


def _choice(name: str, phrase: str, names: tuple[str, ...], default: str) -> Choice:
    return Choice(
        name=name,
        label=named(phrase),
        help=named(phrase + "?"),
        options=tuple((one, named(one)) for one in names),
        default=default,
    )
