"""The chorale network one step at a time, in NumPy: ten times as fast as torch for a single step,
since what embeddings and told facts add to each layer is looked up instead of multiplied."""

from __future__ import annotations

import numpy as np
from scipy.special import erf, expit

from .network import ORDER, VOICES, Chorales


class Singer:
    """`told` (steps, TOLD) is what the network is told at each step; `singers` sing at once."""

    def __init__(self, network: Chorales, told: np.ndarray, singers: int):
        weights = {k: v.detach().float().cpu().numpy() for k, v in network.state_dict().items()}
        tables = [weights[f"table.{v}.weight"] for v in range(VOICES)]
        embed, width = tables[0].shape[1], network.memory.hidden_size
        reads = weights["memory.weight_ih_l0"]
        self._heard = [
            table @ reads[:, v * embed : (v + 1) * embed].T for v, table in enumerate(tables)
        ]
        self._told = told @ reads[:, VOICES * embed :].T + weights["memory.bias_ih_l0"]
        self._goes_on = weights["memory.weight_hh_l0"].T.copy()
        self._goes_on_bias = weights["memory.bias_hh_l0"]
        mixes = [weights[f"mixes.{i}.weight"] for i in range(VOICES)]
        end = width + told.shape[1]
        self._mixes = np.concatenate([m[:, :width] for m in mixes]).T.copy()
        self._mixes_told = [
            told @ m[:, width:end].T + weights[f"mixes.{i}.bias"] for i, m in enumerate(mixes)
        ]
        self._seen = [
            [
                tables[v] @ mixes[i][:, end + k * embed : end + (k + 1) * embed].T
                for k, v in enumerate(ORDER[:i])
            ]
            for i in range(VOICES)
        ]
        self._says = [weights[f"says.{i}.weight"].T.copy() for i in range(VOICES)]
        self._says_bias = [weights[f"says.{i}.bias"] for i in range(VOICES)]
        self._inner = mixes[0].shape[0]
        self._lstm = "LSTM" in type(network.memory).__name__
        self._memory = np.zeros((singers, width), np.float32)
        self._cell = np.zeros((singers, width), np.float32)
        self._mixed = np.zeros((singers, VOICES * self._inner), np.float32)

    def listen(self, step: int, before: np.ndarray) -> None:
        """before (singers, 4): the voices one step earlier"""
        heard = self._told[step] + sum(self._heard[v][before[:, v]] for v in range(VOICES))
        self._memory = self._lstm_step(heard) if self._lstm else self._gru_step(heard)
        self._mixed = self._memory @ self._mixes

    def _gru_step(self, heard: np.ndarray) -> np.ndarray:
        kept = self._memory @ self._goes_on + self._goes_on_bias
        width = self._memory.shape[1]
        gates = expit(heard[:, : 2 * width] + kept[:, : 2 * width])
        fresh = np.tanh(heard[:, 2 * width :] + gates[:, :width] * kept[:, 2 * width :])
        return fresh + gates[:, width:] * (self._memory - fresh)

    def _lstm_step(self, heard: np.ndarray) -> np.ndarray:
        found = heard + self._memory @ self._goes_on + self._goes_on_bias
        enters, forgets, fresh, leaves = np.split(found, 4, axis=1)
        self._cell = expit(forgets) * self._cell + expit(enters) * np.tanh(fresh)
        return expit(leaves) * np.tanh(self._cell)

    def voice(self, step: int, i: int, now: np.ndarray) -> np.ndarray:
        """Logits (singers, SOUNDS) of the i-th decided voice, told the ones before it in `now`."""
        x = self._mixed[:, i * self._inner : (i + 1) * self._inner] + self._mixes_told[i][step]
        for v, seen in zip(ORDER[:i], self._seen[i], strict=True):
            x = x + seen[now[:, v]]
        x = 0.5 * x * (1 + erf(x * np.float32(0.5**0.5)))
        return x @ self._says[i] + self._says_bias[i]

    def keep(self, kept: np.ndarray) -> None:
        """Only these singers go on, some of them several times."""
        self._memory, self._cell = self._memory[kept], self._cell[kept]
