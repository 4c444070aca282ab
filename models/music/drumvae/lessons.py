"""Two-bar windows of drum performances, and what a beat is like in numbers."""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import load_songs
from models.layers.events import drum_hits, drum_rows
from models.music.bar_lessons import BarLessons
from models.values import STEP, Notes, Track, from_steps

from .network import PARTS

FEWEST = 6  # hits of a window worth learning
HELD = 512
MIXED, LENT = 0.5, 0.35  # how many windows borrow drums of another, and how many of their drums


class DrumLessons(BarLessons):
    """Windows from bar line to bar line; every performance counts by the root of its length."""

    wide = PARTS

    def __init__(self, config, data: str):
        self.amounts, self.shown = amounts, shown
        x, weight = windows(data, "train", config.steps)
        self.windows, self.weight = torch.from_numpy(x), torch.from_numpy(weight)
        unseen, _ = windows(data, "validation", config.steps)
        some = np.sort(np.random.RandomState(0).permutation(len(unseen))[:HELD])
        self.unseen = torch.from_numpy(unseen[some])

    def draw(self, count: int) -> torch.Tensor:
        """(count, steps, 27) hits. Half of the windows borrow a few drums of another one: 882
        performances are soon known by heart, what a kick and a hat do together is not."""
        hits = self.real(count)
        lent = (torch.rand(count, 1, PARTS) < LENT) & (torch.rand(count, 1, 1) < MIXED)
        return torch.where(lent.repeat(1, 1, 3), hits[torch.randperm(count)], hits)

    def real(self, count: int) -> torch.Tensor:
        """(count, steps, 27) hits as they were played"""
        return self.windows[torch.multinomial(self.weight, count, replacement=True)]


def shown(hits: torch.Tensor) -> list[Notes]:
    """Hits (n, steps, 27) as notes, for a sheet."""
    ticks = hits.shape[1] * STEP
    rows = [from_steps(drum_rows(x)) for x in hits.numpy()]
    return [Notes((Track("", r, drums=True),), 120, ticks) for r in rows]


def windows(data: str, split: str, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """(n, steps, 27) hits of a split, and (n,) how often each should be drawn"""
    found, weights = [], []
    for song in load_songs(data, split):
        hits = drum_hits(song.tracks, song.steps)
        cut = [hits[i : i + steps] for i in range(0, song.steps - steps + 1, song.bar)]
        cut = [w for w in cut if w[:, :9].sum() >= FEWEST]
        found += cut
        weights += [max(len(cut), 1) ** -0.5] * len(cut)
    return np.stack(found), np.asarray(weights, np.float64)


def amounts(hits: np.ndarray) -> np.ndarray:
    """What a person may want more of: hits, kick, cymbals, toms, hits off the beat; (5,)."""
    on = hits[:, :9]
    total = max(float(on.sum()), 1.0)
    off_beat = np.arange(len(on)) % 4 != 0
    return np.array(
        [
            on.sum(),
            on[:, 0].sum(),
            on[:, 7:9].sum() - on[:, 2:4].sum(),
            on[:, 4:7].sum(),
            on[off_beat, :2].sum() / total,
        ],
        np.float32,
    )
