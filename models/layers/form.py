"""The form of a piece made of two-bar ideas: its controls, and the noise that a seed draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.family import Asked, Choice, Control, Slider, Words
from models.layers import controls
from models.layers.walk import normal, plane

MOST_BARS = 18  # a walk of eight steps has nine places
MOST_PAIRS = MOST_BARS // 2
THERE = 7  # address of another idea on the seed's plane, for who walks to the same seed

PLACE = replace(
    controls.PLACE,
    help=Words(
        "Drag to walk from this seed to its neighbours; the next bar follows.",
        "拖动即可从当前种子走向相邻的种子;松手处从下一小节起听到。",
    ),
)

FORM = Choice(
    name="form",
    label=Words("Form", "曲式"),
    help=Words(
        "Song: A A B A, with small changes. Loop: the same bars. Walk: step by step to the seed "
        "to mix with, or to your second file. Free: always new.",
        "歌曲:A A B A,略有变化。循环:同样的小节。行走:一步步走向要混合的种子,或您的第二个文件。"
        "自由:总是新的。",
    ),
    options=(
        ("song", Words("Song (A A B A)", "歌曲(A A B A)")),
        ("loop", Words("Loop", "循环")),
        ("walk", Words("Walk to another", "走向另一个")),
        ("free", Words("Free", "自由")),
    ),
    default="song",
)

BARS = Slider(
    name="bars", label=Words("Bars", "小节数"),
    help=Words(
        "How long it is; a walk takes a step every two bars.", "乐曲长度;行走每两小节走一步。"
    ),
    low=2, high=MOST_BARS, step=2, default=8,
)  # fmt: skip

WANDER = Slider(
    name="wander",
    label=Words("Variety", "变化"),
    help=Words(
        "How far later bars move away from the first two.", "后面的小节偏离前两小节的程度。"
    ),
    low=0.0,
    high=1.0,
    step=0.05,
    default=0.3,
)

HEAT = Slider(
    name="heat",
    label=Words("Surprise", "意外"),
    help=Words(
        "0 plays the likeliest notes, higher values risk odd ones.",
        "0 演奏最可能的音符,数值越高越冒险。",
    ),
    low=0.0,
    high=1.2,
    step=0.05,
    default=0.4,
)

SPREAD = Slider(
    name="spread",
    label=Words("Daring", "大胆程度"),
    help=Words(
        "Low values stay close to the typical, high values risk odd ideas.",
        "数值低时接近典型,数值高时更大胆也更容易出错。",
    ),
    low=0.3,
    high=1.3,
    step=0.05,
    default=0.9,
)


TOWARD = replace(
    controls.TOWARD,
    label=Words("Mix with seed", "与种子混合"),
    help=Words("The number whose music is mixed in.", "混入其音乐的那个数字。"),
)
BETWEEN = replace(
    controls.BETWEEN,
    label=Words("How much of it", "混入多少"),
    help=Words(
        "0 is this seed's music, 1 the other's; between them one turns into the other.",
        "0 为当前种子的音乐,1 为另一种子的音乐;中间由一段渐变为另一段。",
    ),
)
MIX = (TOWARD, BETWEEN)


def form_controls() -> tuple[Control, ...]:
    """The pad, what makes a piece of ideas, and another seed to mix in."""
    return (PLACE, FORM, BARS, WANDER, HEAT, SPREAD, *MIX)


def more_of(names: Sequence[tuple[str, Words]]) -> tuple[Slider, ...]:
    """Sliders towards more or less of something, in sigmas of what the data holds."""
    return tuple(
        Slider(
            name=name,
            label=words,
            help=Words(
                f"{words.en}: more to the right, less to the left.",
                f"{words.zh}:向右更多,向左更少。",
            ),
            group="directions",
            low=-3.0,
            high=3.0,
            step=0.1,
            default=0.0,
            unit="σ",
        )
        for name, words in names
    )


def draw(asked: Asked, latent: int, steps: int, wide: int) -> np.ndarray:
    """All noise of one piece, flat float32: ideas, where a walk leads, and uniform numbers.

    A walk leads to what the other seed (`toward`) begins with.
    Part of the way to another seed (`between`, `toward`) all ideas are mixed with weights whose
    squares add to one, and at its end the piece is that seed's own.
    """
    share, toward = np.float32(asked.controls["between"]), int(asked.controls["toward"])
    place = asked.controls["place"]
    ideas = _ideas(asked.seed, place, latent)
    if share > 0:
        ideas = ((1 - share) * ideas + share * _ideas(toward, place, latent)) / np.hypot(
            1 - share, share
        )
    nearer = toward if share > 0.5 else asked.seed
    there = place if toward != asked.seed else [at + THERE for at in place]
    state = np.random.RandomState(np.array([nearer, 77], np.uint32))
    chance = state.random_sample(MOST_PAIRS * steps * wide).astype(np.float32)
    return np.concatenate([ideas, plane(toward, there, latent), chance])


def _ideas(seed: int, place: Sequence[float], latent: int) -> np.ndarray:
    """Standard normal latents of the pairs of bars, flat"""
    first = plane(seed, place, latent)
    others = [normal(seed, 0, 0, i, size=latent) for i in range(1, MOST_PAIRS)]
    return np.concatenate([first, *others])
