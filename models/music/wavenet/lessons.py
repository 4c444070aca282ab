"""Tunes with chords in C major or A minor, cut at bar lines."""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import PITCH, Song, load_songs
from models.layers.events import FIRST, melody_events
from models.values import Notes

from .network import METERS, PLACES, TOLD

SPAN = 192  # sixteenths of a training window: twelve bars of 4/4
UNTOLD = 0.3  # how often the network is not told how busy a window is
TYPICAL, SPREAD = 6.7, 2.2  # notes in sixteen sixteenths of the training tunes: mean, deviation


class WaveNetLessons:
    """Windows of songs whose bars have 16, 12 or 8 sixteenths."""

    def __init__(self, config, data: str):
        self.songs = songs(data, "train")
        self.unseen = songs(data, "validation")

    def draw(self, count: int):
        """events, chords (n, SPAN) int64, told (n, SPAN, TOLD), counts (n, SPAN)"""
        rng = np.random.default_rng(int(torch.randint(0, 2**31, ())))
        rows = []
        for _ in range(count):
            song = self.songs[rng.integers(len(self.songs))]
            bars = max(1, (len(song[0]) - SPAN) // song[2] + 1)
            first = int(rng.integers(bars)) * song[2] * (rng.random() < 0.7)
            rows.append(window(song, first, SPAN, rng.random() > UNTOLD))
        return _stack(rows)

    def held(self):
        """The beginnings of unseen tunes; nothing is told about how busy they are."""
        return _stack([window(song, 0, SPAN, False) for song in self.unseen])

    def settle(self, network) -> None:
        """Nothing besides the weights."""

    def pictures(self, network) -> list[list[Notes]]:
        """Unseen tunes above what the network makes of nothing."""
        from .piece import arranged
        from .writer import write

        real = [arranged(e[:128], c[:128], 16) for e, c, bar, _ in self.unseen if bar == 16][:4]
        chance = np.random.RandomState(0).random_sample((8, 128, 2))
        facts = told(128, 16, False, None)
        made = [arranged(*write(network, facts, c, 0.85), 16) for c in chance]
        return [real, made[:4], made[4:]]


def songs(data: str, split: str) -> list[tuple[np.ndarray, np.ndarray, int, bool]]:
    """(events, chords, sixteenths of a bar, minor) of every tune that can be used"""
    return [_read(s) for s in load_songs(data, split) if s.bar in METERS and s.steps >= 32]


def _read(song: Song) -> tuple[np.ndarray, np.ndarray, int, bool]:
    home = (song.tonic + 3 * song.minor) % 12  # the relative major's tonic
    shift = -home if home <= 6 else 12 - home
    rows = song.tracks[0].copy()
    rows[:, PITCH] += shift
    chords = np.zeros(song.steps, np.int64)
    last = -1
    for start, _, name in song.chords:
        number = chord_number(name, shift)
        if number != last and start < song.steps:
            chords[start] = last = number
    return melody_events(rows, song.steps), chords, song.bar, song.minor


def chord_number(name: str, shift: int) -> int:
    """`G:maj`, `D:7`, `A:min`... -> 2..25; everything that is not minor counts as major."""
    from models.data.songs import PITCH_CLASSES

    root, _, kind = name.partition(":")
    if root not in PITCH_CLASSES:
        return 1
    return 2 + (PITCH_CLASSES[root] + shift) % 12 + 12 * kind.startswith(("min", "dim"))


def window(song, first: int, steps: int, tell: bool):
    """One window from `first` on, filled up with silence"""
    events, chords, bar, minor = song
    cut, harmony = events[first : first + steps], chords[first : first + steps]
    x, c = np.zeros(steps, np.int64), np.zeros(steps, np.int64)
    x[: len(cut)], c[: len(cut)] = cut, harmony
    busy = 16 * float((cut >= FIRST).sum()) / len(cut)
    counts = (np.arange(steps) < len(cut)).astype(np.float32)
    return x, c, told(steps, bar, minor, (busy - TYPICAL) / SPREAD if tell else None), counts


def told(steps: int, bar: int, minor: bool, busy: float | None) -> np.ndarray:
    """What the network is told besides the notes, (steps, TOLD); `busy` in deviations, or None"""
    step = np.arange(steps)
    facts = np.zeros((steps, TOLD), np.float32)
    facts[step, step % bar * PLACES // bar] = 1
    facts[:, PLACES + METERS.index(bar)] = 1
    at = PLACES + len(METERS)
    facts[:, at + int(minor)] = 1
    if busy is not None:
        facts[:, at + 2 :] = np.clip(busy, -2.5, 2.5), 1
    return facts


def _stack(rows):
    return tuple(torch.from_numpy(np.stack(part)) for part in zip(*rows, strict=True))
