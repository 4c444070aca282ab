"""Writing on, one sixteenth after another, in NumPy: each layer keeps what it saw in a ring, so
that a step costs one pass over the layers (Le Paine and others, "Fast Wavenet Generation
Algorithm", 2016, arXiv 1611.09482)."""

from __future__ import annotations

import numpy as np
from scipy.special import erf, expit

from .network import WaveNet

FREE = -1  # in what is given: the network decides
COLD = 1e-3  # below this heat the likeliest is taken


def write(
    network: WaveNet,
    told: np.ndarray,
    chance: np.ndarray,
    heat: float,
    given: tuple[np.ndarray, np.ndarray] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """told (steps, TOLD), chance (steps, 2) uniform -> events and chords, (steps,) each.

    `given` (events, chords) holds what must come out as it is, and FREE elsewhere.
    """
    w = {k: v.detach().float().cpu().numpy() for k, v in network.state_dict().items()}
    layers = [
        tuple(
            w[f"{name}.{i}.{part}"]
            for name, part in (
                ("past", "weight"), ("now", "weight"), ("past", "bias"), ("leave", "weight"),
                ("leave", "bias"),
            )
        )
        for i in range(len(network.dilations))
    ]  # fmt: skip
    width = w["enter.bias"].shape[0]
    rings = [np.zeros((d, width), np.float32) for d in network.dilations]
    before = np.zeros(w["tune.weight"].shape[1] * 2, np.float32)
    events, chords = np.zeros(len(told), np.int64), np.zeros(len(told), np.int64)
    for step, facts in enumerate(told):
        x = w["enter.weight"] @ np.concatenate([before, facts]) + w["enter.bias"]
        kept = np.zeros(width, np.float32)
        for ring, (past, now, bias, leave, leave_bias) in zip(rings, layers, strict=True):
            place = step % len(ring)
            found = past @ ring[place] + now @ x + bias
            ring[place] = x
            out = leave @ (np.tanh(found[:width]) * expit(found[width:])) + leave_bias
            x, kept = x + out[:width], kept + out[width:]
        state = _gelu(w["mix.weight"] @ _gelu(kept) + w["mix.bias"])
        harmony = w["says_chord.weight"] @ state + w["says_chord.bias"]
        chords[step] = _take(harmony, chance[step, 0], heat, given and given[1][step])
        chord = w["harmony.weight"][chords[step]]
        state = _gelu(state + w["also.weight"] @ chord + w["also.bias"])
        tune = w["says_event.weight"] @ state + w["says_event.bias"]
        events[step] = _take(tune, chance[step, 1], heat, given and given[0][step])
        before = np.concatenate([w["tune.weight"][events[step]], chord])
    return events, chords


def _gelu(x: np.ndarray) -> np.ndarray:
    return 0.5 * x * (1 + erf(x * np.float32(0.5**0.5)))


def _take(logits: np.ndarray, chance: float, heat: float, want: int | None) -> int:
    if want is not None and want != FREE:
        return int(want)
    if heat < COLD:
        return int(logits.argmax())
    share = np.exp((logits - logits.max()) / heat).cumsum()
    return min(int((share < chance * share[-1]).sum()), len(logits) - 1)
