"""Dilated causal convolutions over sixteenths: at each step a chord, then an event of the tune."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.events import EVENTS

CHORDS = 26  # 0 goes on, 1 none, 2..13 major, 14..25 minor by root
PLACES, METERS = 16, (16, 12, 8)  # sixteenths of a bar: 4/4; 3/4 and 6/8; 2/4
TOLD = PLACES + len(METERS) + 2 + 2  # place, meter, major or minor, how busy and whether told


class WaveNet(nn.Module):
    """events (n, t) and chords (n, t) int64, told (n, t, TOLD) -> nats of each step."""

    def __init__(self, config):
        super().__init__()
        width, embed = config.width, config.embed
        self.dilations = tuple(2**i for _ in range(config.rounds) for i in range(config.layers))
        self.drop = config.drop
        self.tune = nn.Embedding(EVENTS, embed)
        self.harmony = nn.Embedding(CHORDS, embed)
        self.enter = nn.Linear(2 * embed + TOLD, width)
        self.past = nn.ModuleList(nn.Linear(width, 2 * width) for _ in self.dilations)
        self.now = nn.ModuleList(nn.Linear(width, 2 * width, bias=False) for _ in self.dilations)
        self.leave = nn.ModuleList(nn.Linear(width, 2 * width) for _ in self.dilations)
        self.mix = nn.Linear(width, config.inner)
        self.says_chord = nn.Linear(config.inner, CHORDS)
        self.also = nn.Linear(embed, config.inner)
        self.says_event = nn.Linear(config.inner, EVENTS)

    def forward(self, events: torch.Tensor, chords: torch.Tensor, told: torch.Tensor):
        """What the steps before each one say about it, (n, t, inner)"""
        before = torch.cat([self.tune(events), self.harmony(chords)], -1)
        x = self.enter(torch.cat([F.pad(before[:, :-1], (0, 0, 1, 0)), told], -1))
        kept = 0.0
        for dilation, past, now, leave in zip(
            self.dilations, self.past, self.now, self.leave, strict=True
        ):
            early = F.pad(x, (0, 0, dilation, 0))[:, : x.shape[1]]
            signal, gate = (past(early) + now(x)).chunk(2, -1)
            more, skip = leave(signal.tanh() * gate.sigmoid()).chunk(2, -1)
            x, kept = x + more, kept + skip
        return F.dropout(F.gelu(self.mix(F.gelu(kept))), self.drop, self.training)

    def nats(self, events, chords, told) -> tuple[torch.Tensor, torch.Tensor]:
        """Nats of each step's chord and of its event, (n, t) each"""
        state = self(events, chords, told)
        harmony = self.says_chord(state).transpose(1, 2)
        tune = self.says_event(F.gelu(state + self.also(self.harmony(chords)))).transpose(1, 2)
        return (
            F.cross_entropy(harmony, chords, reduction="none"),
            F.cross_entropy(tune, events, reduction="none"),
        )

    def loss(self, batch, recipe, step: float) -> dict[str, torch.Tensor]:
        """batch: events, chords, told, counts (n, t), 0 where the tune is over."""
        events, chords, told, counts = batch
        harmony, tune = ((x * counts).sum() / counts.sum() for x in self.nats(events, chords, told))
        return {"loss": harmony + tune, "tune": tune, "chords": harmony}
