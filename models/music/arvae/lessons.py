"""Whole tunes as bars of events."""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import Song, load_songs
from models.layers.events import EVENTS, FIRST, REST, melody_events, opened
from models.music.melodyvae.lessons import amounts, shown
from models.values import Notes

MOST = 16  # bars of a tune that are learned from
FEWEST = 4
LOOKED_AT = 256  # tunes


class ArLessons:
    """Tunes in all keys, from any of their bar lines on."""

    def __init__(self, config, data: str):
        self.steps = config.steps
        self.tunes = tunes_of(data, "train", self.steps)
        self.unseen = self.whole(tunes_of(data, "validation", self.steps))

    def draw(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        """bars (count, MOST, steps), counts (count, MOST), drawn by torch"""
        rng = np.random.default_rng(int(torch.randint(0, 2**31, ())))
        found = []
        for _ in range(count):
            tune = self.tunes[rng.integers(len(self.tunes))]
            bars = len(tune) // self.steps
            begin = 0 if rng.random() < 0.5 else rng.integers(max(1, bars - FEWEST)) * self.steps
            cut = opened(tune, begin, min(MOST * self.steps, len(tune) - begin))
            pitched = cut[cut >= FIRST]
            low, high = (pitched.min(), pitched.max()) if len(pitched) else (FIRST, EVENTS - 1)
            shift = rng.integers(max(FIRST - low, -6), min(EVENTS - 1 - high, 6) + 1)
            found.append(np.where(cut >= FIRST, cut + shift, cut))
        return self.whole(found)

    def whole(self, tunes: list[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor]:
        """Tunes (steps of all their bars,) -> bars (n, MOST, steps), counts (n, MOST)"""
        bars = torch.full((len(tunes), MOST * self.steps), REST)
        counts = torch.zeros(len(tunes), MOST)
        for i, tune in enumerate(tunes):
            whole = min(MOST, len(tune) // self.steps)
            bars[i, : whole * self.steps] = torch.from_numpy(tune[: whole * self.steps])
            counts[i, :whole] = 1
        return bars.unflatten(1, (MOST, self.steps)), counts

    def held(self) -> tuple[torch.Tensor, torch.Tensor]:
        return self.unseen

    def settle(self, network) -> None:
        """Which way a bar's latents go for more of what the sliders name."""
        torch.manual_seed(0)
        bars, counts = self.draw(LOOKED_AT)
        with torch.no_grad():
            told = network.read(bars)
            past = network.past(told)
            moved = network.encode(told, past)[0] - network.prior(past)[0]
        real = counts > 0
        known = torch.from_numpy(np.stack([amounts(bar) for bar in bars[real].numpy()]))
        network.point(moved[real], known)

    def pictures(self, network) -> list[list[Notes]]:
        """Beginnings of unseen tunes, how they go on after four of their bars, and from nothing."""
        bars, counts = self.unseen
        real = bars[counts.all(1)][:8]
        drawn = torch.Generator().manual_seed(0)
        rows = [real]
        for given in (real[:, :4], real[:, :0], real[:, :0]):
            noise = torch.randn(len(real), MOST, network.latent, generator=drawn)
            chance = torch.rand(len(real), MOST, self.steps, 1, generator=drawn)
            rows.append(network.go_on(given, noise, chance, 0.8))
        return [shown(row.flatten(1)) for row in rows]


def tunes_of(data: str, split: str, steps: int) -> list[np.ndarray]:
    """Events of every tune that has bars of 16 or 8 steps, and enough of them, from the first whole
    bar on."""
    found = [_events(s) for s in load_songs(data, split) if s.bar in (16, 8)]
    return [tune for tune in found if len(tune) >= FEWEST * steps]


def _events(song: Song) -> np.ndarray:
    """From the first whole bar on."""
    first = int(song.bars[1]) if len(song.bars) > 1 and song.bars[1] < song.bar else 0
    return opened(melody_events(song.tracks[0], song.steps), first, song.steps - first)
