"""What models take in and give out, beside pictures (uint8 arrays). Torch is not imported here."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Sound(NamedTuple):
    """One channel of sound: `samples` float32 (n,) in -1..1, `rate` in samples a second."""

    samples: np.ndarray
    rate: int


class Token(NamedTuple):
    """One piece of a text: what is shown, the chance that the model gave it (0..1), what else it
    thought of with their chances, and whether a person gave it."""

    text: str
    chance: float
    others: tuple[tuple[str, float], ...] = ()
    given: bool = False


class Text(NamedTuple):
    """A text and the pieces that it is made of; joined, they are the text."""

    text: str
    tokens: tuple[Token, ...] = ()
