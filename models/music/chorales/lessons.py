"""Chorales in all keys that fit the voices, at two paces: quarters, and eighths."""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import LENGTH, PITCH, START, Song, load_songs
from models.values import STEP, Notes, Track, from_steps

from .network import ENDING, KEYS, LOWEST, MODES, PHASES, SOUNDS, TOLD, VOICES

PACES = (4, 2)  # sixteenths a step: quarters, eighths
SPAN = 48  # steps of a training window
UNTOLD = 0.5  # how often key and mode, and the way to the end, are kept from the network


class ChoraleLessons:
    """Songs as (steps, 4) voices at both paces."""

    def __init__(self, config, data: str):
        self.songs = [self._read(s) for s in load_songs(data, "train")]
        self.unseen = [self._read(s) for s in load_songs(data, "validation")]

    def _read(self, song: Song):
        return {pace: voices(song, pace) for pace in PACES}, song.tonic, song.minor

    def draw(self, count: int):
        """`count` windows: voices (n, SPAN, 4), told (n, SPAN, TOLD), counts (n, SPAN)"""
        rng = np.random.default_rng(int(torch.randint(0, 2**31, ())))
        rows = [self._window(rng) for _ in range(count)]
        return tuple(torch.from_numpy(np.stack(part)) for part in zip(*rows, strict=True))

    def _window(self, rng):
        paces, tonic, minor = self.songs[rng.integers(len(self.songs))]
        pace = PACES[rng.integers(2)]
        whole = paces[pace]
        first = 0
        if rng.random() < 0.6 and len(whole) > SPAN:  # the rest begin where the piece begins
            bar = 16 // pace
            first = int(rng.integers((len(whole) - SPAN) // bar + 1)) * bar
        cut = whole[first : first + SPAN]
        down = max(-6, 1 - int(cut[cut > 0].min())) if (cut > 0).any() else 0
        up = min(6, SOUNDS - 1 - int(cut.max()))
        shift = int(rng.integers(down, up + 1))
        x = np.zeros((SPAN, VOICES), np.int64)
        x[: len(cut)] = np.where(cut > 0, cut + shift, 0)
        key = (tonic + shift) % 12 if rng.random() > UNTOLD else None
        mode = None if key is None else int(minor)
        to_end = len(whole) - first if rng.random() > UNTOLD else None
        counts = (np.arange(SPAN) < len(cut)).astype(np.float32)
        return x, told(SPAN, pace, first, to_end, key, mode), counts

    def held(self):
        """Whole unseen pieces in quarters, as they are; nothing is told about key or end."""
        return whole_pieces([paces[4] for paces, _, _ in self.unseen], 4)

    def settle(self, network) -> None:
        """Nothing besides the weights."""

    def pictures(self, network) -> list[list[Notes]]:
        """Unseen pieces above what the network makes of nothing, at both paces."""
        from .sampling import sing

        real = [notes(paces[2][:64], 2) for paces, _, _ in self.unseen[:4]]
        made = []
        for pace in PACES:
            steps = 128 // pace
            chance = np.random.RandomState(0).random_sample((4, steps, 1, 5))
            facts = told(steps, pace, 0, steps, 7, 0)
            row = [sing(network, facts, c, 0.85) for c in chance]
            made.append([notes(v, pace) for v in row])
        return [real, *made]


def voices(song: Song, pace: int) -> np.ndarray:
    """(steps, 4) numbers of the pitches that sound at every step of `pace` sixteenths"""
    grid = np.zeros((song.steps, VOICES), np.int64)
    for v, rows in enumerate(song.tracks[:VOICES]):
        for start, pitch, length in rows[:, [START, PITCH, LENGTH]].tolist():
            grid[start : start + length, v] = pitch - LOWEST
    return grid[::pace]


def whole_pieces(pieces: list[np.ndarray], pace: int):
    """Pieces of different lengths side by side: voices, told, counts"""
    longest = max(len(p) for p in pieces)
    x = np.zeros((len(pieces), longest, VOICES), np.int64)
    counts = np.zeros((len(pieces), longest), np.float32)
    for i, piece in enumerate(pieces):
        x[i, : len(piece)], counts[i, : len(piece)] = piece, 1
    facts = np.repeat(told(longest, pace, 0, None, None, None)[None], len(pieces), 0)
    return torch.from_numpy(x), torch.from_numpy(facts), torch.from_numpy(counts)


def told(
    steps: int, pace: int, first: int, to_end: int | None, key: int | None, mode: int | None
) -> np.ndarray:
    """What the network is told besides the voices, (steps, TOLD): pace, place in the bar, how
    near the end is (None: not told), key (tonic 0..11) and mode (0 major, 1 minor)."""
    step = np.arange(steps)
    facts = np.zeros((steps, TOLD), np.float32)
    facts[:, PACES.index(pace)] = 1
    at = 2
    facts[step, at + (first + step) * pace // 2 % PHASES] = 1
    at += PHASES
    near = np.full(steps, ENDING - 1) if to_end is None else to_end - 1 - step
    facts[step, at + np.clip(near, 0, ENDING - 1)] = 1
    at += ENDING
    facts[:, at + (KEYS - 1 if key is None else key)] = 1
    facts[:, at + KEYS + (MODES - 1 if mode is None else mode)] = 1
    return facts


def notes(steps: np.ndarray, pace: int, tempo: float = 76) -> Notes:
    """(steps, 4) numbers -> four tracks; equal neighbours are one note"""
    names = ("soprano", "alto", "tenor", "bass")
    tracks = tuple(
        Track(name, from_steps(line(steps[:, v], pace)), 19) for v, name in enumerate(names)
    )
    return Notes(tracks, tempo, len(steps) * pace * STEP)


def line(voice: np.ndarray, pace: int) -> np.ndarray:
    """One voice (steps,) -> rows (n, 5) in sixteenths"""
    changes = np.nonzero(np.append(True, voice[1:] != voice[:-1]))[0]
    ends = np.append(changes[1:], len(voice))
    kept = voice[changes] > 0
    rows = np.zeros((int(kept.sum()), 5), np.int32)
    rows[:, START], rows[:, LENGTH] = changes[kept] * pace, (ends - changes)[kept] * pace
    rows[:, PITCH], rows[:, 3] = voice[changes][kept] + LOWEST, 84
    return rows
