"""A person's own recording as a network's input: at the network's rate, from its onset on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from models.data.sounds import resample
from models.family import Slider, Takes, Words

if TYPE_CHECKING:  # families declare OWN and NEAR, and a declaration is read without torch
    import torch

AUDIBLE = 0.02  # of the peak: where a recording begins
BEFORE = 0.001  # seconds kept before that, as in the training data

OWN = Takes(
    name="sound",
    kind="sound",
    label=Words("Your sound", "您的声音"),
    help=Words(
        "Its beginning is encoded, and the controls move from there. Your own or permitted only.",
        "取声音的开头进行编码,然后由控件从那里出发变化。仅限您自己的或获得许可的声音。",
    ),
    required=False,
    limit=600,
)

OTHER = Takes(
    name="other",
    kind="sound",
    label=Words("Second sound", "第二个声音"),
    help=Words(
        "The far end of the morph. Your own or permitted recordings only.",
        "变形的另一端。仅限您自己的或获得许可的录音。",
    ),
    required=False,
    limit=600,
)

NEAR = Slider(
    name="near",
    label=Words("Closeness to your sound", "与您声音的接近程度"),
    help=Words(
        "1 starts from your own sound, 0 from the seed; without a sound it changes nothing.",
        "1 表示从您的声音出发,0 表示从种子出发;没有放入声音时不起作用。",
    ),
    group="own",
    low=0.0,
    high=1.0,
    step=0.05,
    default=1.0,
)

MORPH = Slider(
    name="morph",
    label=Words("Morph", "变形"),
    help=Words(
        "0 is your first sound, 1 your second; with one sound it changes nothing.",
        "0 为第一个声音,1 为第二个;只有一个声音时不起作用。",
    ),
    group="own",
    low=0.0,
    high=1.0,
    step=0.05,
    default=0.0,
)


def prepare(sound: Any, rate: int, count: int) -> torch.Tensor:
    """A `Sound` -> (count,) float32 at `rate` from 1 ms before its onset, padded with silence."""
    import torch

    samples = np.asarray(sound.samples, np.float32)
    loud = np.flatnonzero(np.abs(samples) > AUDIBLE * max(np.abs(samples).max(initial=0), 1e-6))
    first = max(int(loud[0]) - round(BEFORE * sound.rate), 0) if len(loud) else 0
    # a little more than is needed, so that the filter's edge falls outside
    needed = first + round((count / rate + 0.05) * sound.rate)
    samples = resample(samples[first:needed], sound.rate, rate)[:count]
    padded = np.zeros(count, np.float32)
    padded[: len(samples)] = samples
    return torch.from_numpy(padded)
