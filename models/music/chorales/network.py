"""Four voices, one step after another: a memory over time, and within a step voice by voice.

The memory (GRU, or LSTM) sees the step before; then soprano, bass, alto and tenor are decided in
this order, each told the voices before it (the within-step part of RNN-NADE: Boulanger-Lewandowski,
Bengio, Vincent, "Modeling Temporal Dependencies in High-Dimensional Sequences", ICML 2012).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

VOICES = 4
LOWEST = 35  # one below the lowest pitch; a voice's number is pitch - LOWEST, 0 is silent
SOUNDS = 82 - LOWEST  # 36..81 and silence
ORDER = (0, 3, 1, 2)  # soprano, bass, alto, tenor
PHASES, ENDING = 8, 9  # eighths of a bar; steps to the end 0..7, 8 is far away or not told
KEYS, MODES = 13, 3  # twelve and "not told"; major, minor, "not told"
TOLD = 2 + PHASES + ENDING + KEYS + MODES


class Chorales(nn.Module):
    """voices (n, t, 4) int64 and what is told (n, t, TOLD) -> nats of each step."""

    def __init__(self, config):
        super().__init__()
        embed, width, inner = config.embed, config.width, config.inner
        self.drop = config.drop
        self.table = nn.ModuleList(nn.Embedding(SOUNDS, embed) for _ in range(VOICES))
        cell = {"gru": nn.GRU, "lstm": nn.LSTM}[config.cell]
        self.memory = cell(VOICES * embed + TOLD, width, batch_first=True)
        self.mixes = nn.ModuleList(
            nn.Linear(width + TOLD + i * embed, inner) for i in range(VOICES)
        )
        self.says = nn.ModuleList(nn.Linear(inner, SOUNDS) for _ in range(VOICES))

    def remember(self, before: torch.Tensor, told: torch.Tensor, state=None):
        """before (n, t, 4) voices one step earlier, told (n, t, TOLD) -> (n, t, width), state"""
        seen = [table(before[..., v]) for v, table in enumerate(self.table)]
        return self.memory(torch.cat([*seen, told], -1), state)

    def voice(self, i: int, memory: torch.Tensor, told: torch.Tensor, now: torch.Tensor):
        """Logits (..., SOUNDS) of the i-th decided voice, told the ones before it in `now`."""
        seen = [self.table[v](now[..., v]) for v in ORDER[:i]]
        x = F.gelu(self.mixes[i](torch.cat([memory, told, *seen], -1)))
        return self.says[i](F.dropout(x, self.drop, self.training))

    def nats(self, voices: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
        """Nats of each step, (n, t): minus the logarithm of what the network gave these voices."""
        before = F.pad(voices[:, :-1], (0, 0, 1, 0))
        memory, _ = self.remember(before, told)
        memory = F.dropout(memory, self.drop, self.training)
        total = 0.0
        for i, v in enumerate(ORDER):
            logits = self.voice(i, memory, told, voices)
            total = total + F.cross_entropy(
                logits.flatten(0, 1), voices[..., v].flatten(), reduction="none"
            )
        return total.view(voices.shape[:2])

    def loss(self, batch, recipe, step: float) -> dict[str, torch.Tensor]:
        """batch: voices (n, t, 4), told (n, t, TOLD), counts (n, t) 0 where the piece is over."""
        voices, told, counts = batch
        found = (self.nats(voices, told) * counts).sum() / counts.sum()
        return {"loss": found}
