"""Sample after sample in NumPy: each layer keeps what it saw in a ring, so that a sample costs one
pass over the layers (Le Paine et al., 2016, arXiv 1611.09482). In double precision, so that a
sound is the same alone and beside others."""

from __future__ import annotations

import numpy as np
from scipy.special import erf, expit, ndtr

from .network import LEVELS, SoundWaveNet

COLD = 0.05  # below this heat hardly anything but the likeliest is taken


def sample(
    network: SoundWaveNet, chance: np.ndarray, wishes: np.ndarray, heat: np.ndarray
) -> np.ndarray:
    """chance (n, samples) standard normal, wishes (n, wide), heat (n,) -> levels (n, samples)"""
    w = {k: v.detach().cpu().double().numpy() for k, v in network.state_dict().items()}
    parts = (w["enter.weight"].T, w["enter.bias"])
    told = network.clock.double().cpu().numpy() @ parts[0][1:] + parts[1]
    before = parts[0][0]
    layers = []
    for i, dilation in enumerate(network.dilations):
        both = np.concatenate([w[f"past.{i}.weight"], w[f"now.{i}.weight"]], 1).T
        always = wishes @ w[f"wished.{i}.weight"].T + w[f"now.{i}.bias"]
        ring = np.zeros((dilation, len(chance), told.shape[1]))
        layers.append((both, always, w[f"leave.{i}.weight"].T, w[f"leave.{i}.bias"], ring))
    mix, says = w["mix.weight"].T, w["says.weight"].T
    width, uniform = told.shape[1], ndtr(chance)
    cool = np.maximum(heat, COLD)[:, None]
    value = _values()
    heard = np.zeros(len(chance))
    found = np.zeros(chance.shape, np.int64)
    for step in range(chance.shape[1]):
        x = heard[:, None] * before + told[step]
        kept = 0.0
        for both, always, leave, leave_bias, ring in layers:
            place = step % len(ring)
            inner = np.concatenate([ring[place], x], 1) @ both + always
            ring[place] = x
            out = (np.tanh(inner[:, :width]) * expit(inner[:, width:])) @ leave + leave_bias
            x, kept = x + out[:, :width], kept + out[:, width:]
        scores = _gelu(_gelu(kept) @ mix + w["mix.bias"]) @ says + w["says.bias"]
        share = np.exp((scores - scores.max(1, keepdims=True)) / cool).cumsum(1)
        level = (share < uniform[:, step, None] * share[:, -1:]).sum(1)
        found[:, step] = np.minimum(level, LEVELS - 1)
        heard = value[found[:, step]]
    return found


def _values() -> np.ndarray:
    bent = 2 * np.arange(LEVELS) / (LEVELS - 1) - 1
    return np.sign(bent) * np.expm1(np.abs(bent) * np.log1p(LEVELS - 1)) / (LEVELS - 1)


def _gelu(x: np.ndarray) -> np.ndarray:
    return 0.5 * x * (1 + erf(x * 0.5**0.5))
