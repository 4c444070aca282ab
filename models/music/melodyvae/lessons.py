"""Two-bar windows of tunes, in all keys, and what a melody is like in numbers."""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import Song, load_songs
from models.layers.events import EVENTS, FIRST, melody_events, melody_rows, opened
from models.music.bar_lessons import BarLessons
from models.values import STEP, Notes, Track, from_steps

FEWEST = 4  # notes of a window worth learning
HELD = 1024
PARTS = {"pop909": (0, 1)}  # tracks that hold tunes, where it is not the first alone


class MelodyLessons(BarLessons):
    """Windows of the songs that have bars of 16 or 8 steps, from bar line to bar line."""

    def __init__(self, config, data: str):
        self.amounts, self.shown = amounts, shown
        self.windows = torch.from_numpy(windows(data, "train", config.steps))
        self.unseen = torch.from_numpy(windows(data, "validation", config.steps))[:HELD]
        pitched = self.windows >= FIRST
        self.lowest = torch.where(pitched, self.windows, EVENTS).amin(1)
        self.highest = torch.where(pitched, self.windows, 0).amax(1)

    def real(self, count: int) -> torch.Tensor:
        """(count, steps) events, each window in a key of its own"""
        index = torch.randint(0, len(self.windows), (count,))
        down = (FIRST - self.lowest[index]).clamp(min=-6)
        up = (EVENTS - 1 - self.highest[index]).clamp(max=6)
        shift = down + (torch.rand(count) * (up - down + 1)).long()
        x = self.windows[index]
        return torch.where(x >= FIRST, x + shift[:, None], x)


def shown(events: torch.Tensor) -> list[Notes]:
    """Events (n, steps) as notes, for a sheet."""
    ticks = events.shape[1] * STEP
    return [Notes((Track("", from_steps(melody_rows(e))),), 120, ticks) for e in events.numpy()]


def windows(data: str, split: str, steps: int) -> np.ndarray:
    """(n, steps) events of all tunes of a split"""
    found = [w for song in load_songs(data, split) for w in of_song(song, data, steps)]
    return np.stack(found)


def of_song(song: Song, data: str, steps: int) -> list[np.ndarray]:
    """The windows of one song; none where its bars do not fit."""
    if song.bar not in (16, 8):
        return []
    bars, found = set(song.bars.tolist()), []
    for part in PARTS.get(data, (0,)):
        events = melody_events(song.tracks[part], song.steps)
        for start in sorted(bars):
            whole = start + steps <= song.steps and start + song.bar in bars
            if not whole or (start + steps not in bars and start + steps != song.steps):
                continue
            window = opened(events, start, steps)
            if (window >= FIRST).sum() >= FEWEST:
                found.append(window)
    return found


def amounts(events: np.ndarray) -> np.ndarray:
    """What a person may want more of: height, notes, leaps, notes off the beat; float32 (4,)."""
    starts = np.nonzero(events >= FIRST)[0]
    pitches = events[starts].astype(np.float32)
    if not len(starts):
        return np.zeros(4, np.float32)
    leaps = np.abs(np.diff(pitches)).mean() if len(pitches) > 1 else 0.0
    return np.array([pitches.mean(), len(starts), leaps, (starts % 4 != 0).mean()], np.float32)
