"""Two-bar windows of drum performances, and what a beat is like in numbers."""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import load_songs
from models.layers.events import drum_hits, drum_rows
from models.values import STEP, Notes, Track, from_steps

FEWEST = 6  # hits of a window worth learning
HELD = 512
LOOKED_AT = 4096


class DrumLessons:
    """Windows from bar line to bar line; every performance counts by the root of its length."""

    def __init__(self, config, data: str):
        self.steps = config.steps
        x, weight = windows(data, "train", config.steps)
        self.windows, self.weight = torch.from_numpy(x), torch.from_numpy(weight)
        unseen, _ = windows(data, "validation", config.steps)
        some = np.sort(np.random.RandomState(0).permutation(len(unseen))[:HELD])
        self.unseen = torch.from_numpy(unseen[some])

    def draw(self, count: int) -> torch.Tensor:
        """(count, steps, 27) hits"""
        return self.windows[torch.multinomial(self.weight, count, replacement=True)]

    def held(self) -> torch.Tensor:
        return self.unseen

    def settle(self, network) -> None:
        """How the latents of training windows are spread, and where the named directions go."""
        torch.manual_seed(0)
        some = self.draw(LOOKED_AT)
        means, spreads = zip(*(network.encode(part) for part in some.split(512)), strict=True)
        means, spreads = torch.cat(means).detach(), torch.cat(spreads).detach()
        network.calibrate(means, spreads)
        network.point(means, torch.from_numpy(np.stack([amounts(x) for x in some.numpy()])))

    def pictures(self, network) -> list[list[Notes]]:
        """Unseen windows, what came back, and samples."""
        real = self.unseen[:: max(1, len(self.unseen) // 8)][:8]
        cold = torch.zeros(len(real))
        again = network.write(network.encode(real)[0], torch.zeros(len(real), self.steps, 9), cold)
        torch.manual_seed(0)
        noise = torch.randn(16, network.middle.shape[0]) * 0.8
        made = network.write(
            network.place(noise), torch.rand(16, self.steps, 9), torch.full((16,), 0.7)
        )
        return [shown(real), shown(again), shown(made[:8]), shown(made[8:])]


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
