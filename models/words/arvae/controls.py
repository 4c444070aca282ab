"""What only stories are asked: how many sentences, which one is drawn anew, how they begin."""

from __future__ import annotations

import dataclasses

from models.family import Slider, Words
from models.words.controls import OPENING, TEMPERATURE

STORY = dataclasses.replace(
    OPENING,
    help=Words(
        "The story goes on from here: each sentence of yours is read into its latents.",
        "故事由此续写:您的每一句话都会被读成它自己的潜在变量。",
    ),
)  # fmt: skip

SENTENCES = Slider(
    name="sentences", label=Words("Sentences", "句数"),
    help=Words("At most so many sentences are written; a story may end sooner.",
               "最多写出这么多句;故事可能提前结束。"),
    low=1, high=24, step=1, default=10,
)  # fmt: skip

AGAIN = Slider(
    name="again", label=Words("Which sentence", "第几句"), group="again",
    help=Words("The sentence that is drawn anew; all others stay as they are.",
               "要重新抽取的句子;其余各句保持不变。"),
    low=1, high=24, step=1, default=2,
)  # fmt: skip

DRAW = Slider(
    name="draw", label=Words("Draw it anew", "重新抽取"), group="again",
    help=Words("0 leaves the sentence as it was; every other number is another sentence.",
               "0 保留原句;其他每个数字都是另一句。"),
    low=0, high=40, step=1, default=0,
)  # fmt: skip

# Half of what a story is comes from its latents already: words drawn boldly besides do not exist.
CAREFUL = dataclasses.replace(TEMPERATURE, default=0.4)
