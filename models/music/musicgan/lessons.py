"""Four bars of pop songs, with a drummer's four bars under them.

POP909 has no drums and the Groove set has nothing but drums, so they are brought together: a busy
phrase gets a busy beat (both sorted by how much happens in them, with some freedom).
"""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import Song, load_songs
from models.layers.band import BAR, PARTS, WIDE, grid_of
from models.layers.events import drum_hits

from .network import BARS, STEPS

SONGS, BEATS = "pop909", "groove"
MELODY, BRIDGE, PIANO, BASS, DRUMS = PARTS
FEWEST = {"melody": 3, "bridge": 2, "piano": 4, "bass": 3}  # bars in which a track must play
FEWEST_HITS = 24  # of four bars of drums
FREEDOM = 0.1  # how far, in shares of all, a beat's rank may lie from its phrase's
CONDITIONS = ("minor", "energy", "register", "drums")


class BandLessons:
    """The phrases of one split; grids are kept packed, eight columns a byte."""

    def __init__(self, split: str):
        songs = [s for s in load_songs(SONGS, split) if s.bar == BAR]
        grids = [_grid(song) for song in songs]
        first = np.cumsum([0, *(len(g) for g in grids)])
        self.packed = np.packbits(np.concatenate(grids), axis=1)
        starts, minor = [], []
        for song, grid, at in zip(songs, grids, first, strict=False):
            found = [s for s in _phrases(song) if _plays(grid[s : s + STEPS])]
            starts += [at + s for s in found]
            minor += [song.minor] * len(found)
        self.starts = np.asarray(starts)
        beats = [_beat(s) for s in load_songs(BEATS, split) if s.facts["kind"] == "beat"]
        self.beats = np.concatenate([b for b in beats if len(b)])
        self.beats = self.beats[np.argsort(self.beats.sum((1, 2)), kind="stable")]
        facts = np.concatenate([self._amounts(s) for s in np.array_split(self.starts, 32)])
        self.rank = np.argsort(np.argsort(facts[:, 0], kind="stable")) / len(facts)
        hits = self.beats.sum((1, 2))
        scale = np.concatenate([facts, np.zeros((len(facts), 1))], 1)
        self.middle, self.spread = scale.mean(0), scale.std(0)
        self.middle[2], self.spread[2] = hits.mean(), hits.std()
        self.minor = np.asarray(minor, np.float32) * 2 - 1

    def draw(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Phrases (count, STEPS, WIDE) of zeros and ones, conditions (count, 4), drawn by torch."""
        index = torch.randint(0, len(self.starts), (count,)).numpy()
        free = torch.randn(count).numpy() * FREEDOM
        return self.take(index, free)

    def some(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The same phrases every time, from all of the split."""
        drawn = np.random.RandomState(0)
        index = drawn.randint(0, len(self.starts), count)
        return self.take(index, drawn.standard_normal(count).astype(np.float32) * FREEDOM)

    def take(self, index: np.ndarray, free: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        grid = self._unpack(self.starts[index])
        at = np.clip((self.rank[index] + free) * len(self.beats), 0, len(self.beats) - 1)
        beats = self.beats[at.astype(np.int64)]
        grid[..., DRUMS.columns] = beats
        facts = np.concatenate([self.minor[index][:, None], self.facts(grid)], 1)
        cells = torch.from_numpy(grid.astype(np.float32))
        return cells, torch.from_numpy(facts.astype(np.float32))

    def facts(self, grid: np.ndarray) -> np.ndarray:
        """Phrases bool (n, STEPS, WIDE) -> energy, register and drums, (n, 3), in sigmas"""
        hits = grid[..., DRUMS.columns].sum((1, 2))
        found = np.concatenate([amounts(grid), hits[:, None]], 1)
        return ((found - self.middle) / self.spread).clip(-2.5, 2.5)

    def _unpack(self, starts: np.ndarray) -> np.ndarray:
        """(n, STEPS, WIDE) bool; what goes on from before begins with the phrase"""
        packed = self.packed[starts[:, None] + np.arange(STEPS)]
        grid = np.unpackbits(packed, axis=2, count=WIDE).astype(bool)
        for part in PARTS[:-1]:
            now = grid[:, 0, part.columns]
            if part.kind == "voice":
                now[:, -1] = ~now[:, 0]
            else:
                now[:, part.count :] = now[:, : part.count]
        return grid

    def _amounts(self, starts: np.ndarray) -> np.ndarray:
        return amounts(self._unpack(starts))


def amounts(grid: np.ndarray) -> np.ndarray:
    """(n, steps, WIDE) -> notes that begin in the four pitched tracks, mean height of the melody"""
    begins = sum(
        grid[..., part.columns][..., -1 if part.kind == "voice" else slice(part.count, None)]
        .reshape(len(grid), -1).sum(1)
        for part in PARTS[:-1]
    )  # fmt: skip
    sounds = grid[..., MELODY.columns][..., 1:-1].sum(1)
    height = (sounds * np.arange(MELODY.count)).sum(1) / np.maximum(sounds.sum(1), 1)
    return np.stack([begins, height], 1).astype(np.float64)


def _grid(song: Song) -> np.ndarray:
    home = (song.tonic + 3 * song.minor) % 12  # the relative major's tonic
    return grid_of(song.tracks, song.steps, -home if home <= 6 else 12 - home)


def _phrases(song: Song) -> list[int]:
    """Steps at which four whole bars begin."""
    bars = set(song.bars.tolist())
    return [
        s for s in song.bars.tolist()
        if s + STEPS <= song.steps and all(s + i * BAR in bars for i in range(1, BARS))
    ]  # fmt: skip


def _plays(grid: np.ndarray) -> bool:
    """Whether every track does: in a model of a band none should be silent for a phrase."""
    for part in PARTS[:-1]:
        first = part.begin + (part.kind == "voice")
        sounds = grid[:, first : first + part.count].reshape(BARS, -1).any(1)
        if sounds.sum() < FEWEST[part.name]:
            return False
    return True


def _beat(song: Song) -> np.ndarray:
    """(n, STEPS, 9) hits of four bars, from bar line to bar line"""
    hits = drum_hits(song.tracks, song.steps)[:, : DRUMS.count] > 0
    cut = [hits[i : i + STEPS] for i in range(0, song.steps - STEPS + 1, BAR)]
    cut = [c for c in cut if c.sum() >= FEWEST_HITS and c.reshape(BARS, -1).any(1).all()]
    return np.stack(cut) if cut else np.zeros((0, STEPS, DRUMS.count), bool)
