"""The five figures of MuseGAN (Dong et al., AAAI 2018, arXiv 1709.06298) on a grid of sixteenths.

Two of them had to be carried over to a coarser grid: a qualified note lasts an eighth at least (on
a grid of 96 steps a bar it was a thirty-second), and the drum pattern asks which hits fall on
eighths (on a finer grid it asked which fall on sixteenths).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from models.layers.band import BAR, PARTS, Part, sounding

PITCHED = tuple(p for p in PARTS if p.kind != "hits")
DRUMS = PARTS[-1]
BEAT = 4
# Circles of fifths, minor and major thirds, and their radii: Harte, Sandler, Gasser, "Detecting
# Harmonic Change in Musical Audio", 2006.
CIRCLES = ((7 / 6, 1.0), (3 / 2, 1.0), (2 / 3, 0.5))


def figures(grid: np.ndarray) -> dict[str, float]:
    """Phrases bool (n, steps, WIDE) -> the five figures, each a mean over tracks (or pairs)."""
    grid = np.asarray(grid, bool)
    sounds = {p.name: _bars(sounding(p, grid[..., p.columns])[0]) for p in PARTS}
    return {
        "empty bars": float(np.mean([~s.any((1, 2)) for s in sounds.values()])),
        "used pitch classes": float(np.mean([_classes(p, sounds[p.name]) for p in PITCHED])),
        "qualified notes": float(np.mean([qualified(p, grid[..., p.columns]) for p in PITCHED])),
        "drum pattern": on_eighths(grid[..., DRUMS.columns]),
        "tonal distance": tonal_distance(grid),
    }


def _bars(sounds: np.ndarray) -> np.ndarray:
    """(n, steps, count) -> (n * bars, BAR, count)"""
    return sounds.reshape(-1, BAR, sounds.shape[-1])


def chroma(part: Part, sounds: np.ndarray) -> np.ndarray:
    """(..., count) -> (..., 12): how many notes of each pitch class"""
    found = np.zeros((*sounds.shape[:-1], 12))
    for up in range(part.count):
        found[..., (part.low + up) % 12] += sounds[..., up]
    return found


def _classes(part: Part, bars: np.ndarray) -> float:
    """Pitch classes a bar in which anything sounds."""
    used = (chroma(part, bars).sum(1) > 0).sum(1)
    return float(used[used > 0].mean()) if (used > 0).any() else 0.0


def qualified(part: Part, grid: np.ndarray) -> float:
    """Share of a track's notes that last two sixteenths or more, (n, steps, wide) -> 0..1"""
    sounds, begins = sounding(part, grid)
    whole = begins[:, :-1]
    longer = whole & sounds[:, 1:] & ~begins[:, 1:]
    return float(longer.sum() / max(whole.sum(), 1))


def on_eighths(hits: np.ndarray) -> float:
    """Share of drum hits on eighths, (n, steps, drums) -> 0..1"""
    return float(hits[:, ::2].sum() / max(hits.sum(), 1))


def tonal_distance(grid: np.ndarray) -> float:
    """How far apart in harmony two tracks are, a beat in which both sound; mean over pairs."""
    centres, heard = [], []
    for part in PITCHED:
        sounds = sounding(part, grid[..., part.columns])[0]
        found = chroma(part, sounds.reshape(-1, BEAT, part.count)).sum(1)
        heard.append(found.sum(1) > 0)
        centres.append(found / np.maximum(found.sum(1, keepdims=True), 1) @ _circles())
    pairs = []
    for i, k in combinations(range(len(PITCHED)), 2):
        both = heard[i] & heard[k]
        if both.any():
            far = centres[i][both] - centres[k][both]
            pairs.append(np.linalg.norm(far, axis=1).mean())
    return float(np.mean(pairs)) if pairs else 0.0


def _circles() -> np.ndarray:
    """(12, 6): where a pitch class lies on the three circles"""
    angles = np.arange(12)[:, None] * np.pi * np.array([turn for turn, _ in CIRCLES])
    radii = np.array([radius for _, radius in CIRCLES])
    return np.concatenate([radii * np.sin(angles), radii * np.cos(angles)], 1)


def stuck(grid: np.ndarray) -> np.ndarray:
    """Phrases in which a track is silent throughout, or strikes the same notes again and again at
    every step of two bars, (n,) bool."""
    found = np.zeros(len(grid), bool)
    for part in PARTS:
        sounds, begins = sounding(part, np.asarray(grid, bool)[..., part.columns])
        found |= ~sounds.any((1, 2))
        half = begins.any(2).reshape(len(grid), -1, 2 * BAR)
        same = (sounds[:, 1:] == sounds[:, :-1]).all(2)
        for i in range(half.shape[1]):
            found |= half[:, i].all(1) & same[:, i * 2 * BAR : (i + 1) * 2 * BAR - 1].all(1)
    return found
