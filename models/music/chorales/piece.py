"""From a request to a chorale: free, going on with given voices, or around a given soprano."""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import LENGTH, PITCH, START
from models.family import Asked
from models.layers.own_notes import given
from models.layers.playing import again, play
from models.parts import four_voices, melody
from models.values import Notes, Track, from_steps

from .lessons import PACES, notes, told
from .network import LOWEST, SOUNDS, VOICES
from .sampling import FREE, sing

BAR = 16
RANGES = ((57, 81), (50, 76), (45, 70), (36, 67))  # pitches of the four voices
SINGERS = 12  # that try at once where a voice is given


def noise_size() -> tuple[int, int, int]:
    """(steps, singers, numbers) of the longest chorale at the quickest pace"""
    return 16 * BAR // min(PACES), SINGERS, 5


@torch.inference_mode()
def chorale(network, asked: Asked, noise: torch.Tensor) -> Notes:
    """noise (flat uniform numbers) and what was asked -> four tracks, as played"""
    controls = asked.controls
    pace = 4 if controls["pace"] == "quarters" else 2
    steps = int(controls["bars"]) * BAR // pace
    chance = noise.view(*noise_size()).cpu().numpy()[:steps]
    fixed, kept, shift = _given(asked, pace, steps)
    if fixed is None or (fixed[:, 1:] != FREE).any():  # nothing to fit to what is coming
        chance = chance[:, :1]
    key = None if controls["key"] == "any" else int(controls["key"])
    mode = {"any": None, "major": 0, "minor": 1}[controls["mode"]]
    facts = told(steps, pace, 0, steps, key, mode)
    heat = float(controls["heat"])
    voices = sing(network, facts, chance, heat, fixed)
    for name, locked in (("take_voices", (0,)), ("take_soprano", (1, 2, 3))):
        if number := int(controls[name]):
            drawn = again(asked.seed, number + 100 * len(locked), steps, SINGERS, 5)
            voices = sing(network, facts, drawn, heat, _locked(voices, fixed, locked))
    made = notes(np.where(voices > 0, voices - shift, 0), pace)
    if kept is not None:  # the given tune itself, with the notes between the steps
        soprano = Track("soprano", from_steps(kept), made.tracks[0].program)
        made = Notes((soprano, *made.tracks[1:]), made.tempo, made.ticks, made.bar)
    return play(made, controls, asked.seed)


def _locked(voices: np.ndarray, fixed: np.ndarray | None, locked: tuple[int, ...]) -> np.ndarray:
    """What another take must keep: the locked voices, and what a person gave."""
    kept = np.full_like(voices, FREE) if fixed is None else fixed.copy()
    kept[:, locked] = voices[:, locked]
    return kept


def _given(asked: Asked, pace: int, steps: int):
    """What the network must keep (steps, 4) or None; the soprano's own rows where it is
    harmonised; by how much everything was moved up so that it fits the voices."""
    found = given(asked)
    if found is None:
        return None, None, 0
    if asked.controls["task"] == "harmonise":
        rows = melody(found)
        if rows is None:
            return None, None, 0
        rows = _alone(rows[rows[:, START] < steps * pace])
        shift = _fitting(rows[:, PITCH])
        fixed = np.full((steps, VOICES), FREE, np.int64)
        fixed[:, 0] = _numbers(rows, pace, steps, shift)
        rows[:, LENGTH] = np.minimum(rows[:, LENGTH], steps * pace - rows[:, START])
        return fixed, rows, shift
    parts = [_alone(part) for part in four_voices(found)]
    if not parts:
        return None, None, 0
    first = min(int(asked.controls["given"]) * BAR // pace, steps)
    fixed = np.full((steps, VOICES), FREE, np.int64)
    places = _places(len(parts))
    for place, rows in zip(places, parts, strict=True):
        numbers = _numbers(rows, pace, first, 0)
        fixed[:first, place] = np.where(numbers > 0, _inside(numbers, place), 0)
    return fixed, None, 0


def _alone(rows: np.ndarray) -> np.ndarray:
    """One note at a time: of several the highest, each ending where the next begins."""
    rows = rows[np.lexsort((-rows[:, PITCH], rows[:, START]))]
    rows = rows[np.append(True, rows[1:, START] != rows[:-1, START])].copy()
    room = np.append(rows[1:, START] - rows[:-1, START], rows[-1:, LENGTH])
    rows[:, LENGTH] = np.minimum(rows[:, LENGTH], room)
    return rows


def _numbers(rows: np.ndarray, pace: int, steps: int, shift: int) -> np.ndarray:
    """Rows -> the voice's number at every step; short notes count where nothing longer sounds."""
    grid = np.zeros(steps * pace, np.int64)
    for start, pitch, length in rows[:, [START, PITCH, LENGTH]].tolist():
        grid[start : start + length] = np.clip(pitch + shift - LOWEST, 1, SOUNDS - 1)
    return grid[::pace]


def _fitting(pitches: np.ndarray) -> int:
    """Octaves, in semitones, that bring a tune into the soprano's range."""
    if not len(pitches):
        return 0
    middle = (RANGES[0][0] + RANGES[0][1]) / 2
    return 12 * round((middle - float(np.median(pitches))) / 12)


def _inside(numbers: np.ndarray, voice: int) -> np.ndarray:
    """By octaves into a voice's range."""
    low, high = (pitch - LOWEST for pitch in RANGES[voice])
    numbers = np.where(numbers < low, numbers + 12 * -((numbers - low) // 12), numbers)
    return np.where(numbers > high, numbers - 12 * -((high - numbers) // 12), numbers)


def _places(count: int) -> tuple[int, ...]:
    """Which voices `count` parts from high to low are: two are soprano and bass."""
    return {1: (0,), 2: (0, 3), 3: (0, 1, 3)}.get(count, (0, 1, 2, 3))
