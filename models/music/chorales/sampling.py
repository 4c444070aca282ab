"""Singing on: voices drawn one after another, given voices kept exactly.

Where voices are given (a soprano to harmonise), several singers try at once, and those whose
harmony makes the given voices likely are copied: a particle filter, so that a harmony knows a
little of what is coming.
"""

from __future__ import annotations

import numpy as np

from .network import ORDER, VOICES, Chorales
from .singer import Singer

FREE = -1  # in given voices: the network decides
COLD = 1e-3  # below this heat the likeliest pitch is taken


def sing(
    network: Chorales,
    told: np.ndarray,
    chance: np.ndarray,
    heat: float,
    given: np.ndarray | None = None,
) -> np.ndarray:
    """told (steps, TOLD), chance (steps, singers, 5) uniform -> voices (steps, 4) int64.

    `given` (steps, 4) holds numbers that must come out as they are, and FREE elsewhere.
    """
    steps, singers = chance.shape[:2]
    singer = Singer(network, told, singers)
    made = np.zeros((steps, singers, VOICES), np.int64)
    before, weight = np.zeros((singers, VOICES), np.int64), np.zeros(singers)
    for step in range(steps):
        singer.listen(step, before)
        now = np.zeros((singers, VOICES), np.int64)
        for i, v in enumerate(ORDER):
            logits = singer.voice(step, i, now)
            want = FREE if given is None else int(given[step, v])
            if want == FREE:
                now[:, v] = _choose(logits, chance[step, :, i], heat)
            else:
                weight += logits[:, want] - np.logaddexp.reduce(logits, 1)
                now[:, v] = want
        made[step] = before = now
        if singers > 1 and _uneven(weight):
            kept = _resample(weight, float(chance[step, 0, 4]))
            made, before = made[:, kept], before[kept]
            singer.keep(kept)
            weight = np.zeros(singers)
    return made[:, int(weight.argmax())]


def _choose(logits: np.ndarray, chance: np.ndarray, heat: float) -> np.ndarray:
    """One number for each singer by a uniform number."""
    if heat < COLD:
        return logits.argmax(1)
    share = np.exp((logits - logits.max(1, keepdims=True)) / heat).cumsum(1)
    return (share < chance[:, None] * share[:, -1:]).sum(1).clip(max=logits.shape[1] - 1)


def _shares(weight: np.ndarray) -> np.ndarray:
    share = np.exp(weight - weight.max())
    return share / share.sum()


def _uneven(weight: np.ndarray) -> bool:
    """Whether fewer than half of the singers count (effective sample size)."""
    return 1 / np.square(_shares(weight)).sum() < len(weight) / 2


def _resample(weight: np.ndarray, start: float) -> np.ndarray:
    """Systematic resampling: indices of the singers that go on."""
    count = len(weight)
    marks = (np.arange(count) + start) / count
    return np.searchsorted(_shares(weight).cumsum(), marks).clip(max=count - 1)
