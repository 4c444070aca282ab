"""From a request to a tune with chords and bass."""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import LENGTH, PITCH, START, VELOCITY
from models.family import Asked
from models.layers.events import melody_events, melody_rows
from models.layers.own_notes import given
from models.layers.playing import again, play
from models.parts import melody
from models.values import STEP, Notes, Track, from_steps

from .lessons import told
from .network import CHORDS
from .writer import FREE, write

LONGEST = 16 * 16  # sixteenths
BARS = {"4/4": 16, "6/8": 12, "2/4": 8}
CHORD, BASS = 55, 43  # the lowest pitch that a chord's notes, and its bass, are folded to


@torch.inference_mode()
def tune(network, asked: Asked, noise: torch.Tensor) -> Notes:
    """noise (flat uniform numbers) and what was asked -> melody, chords and bass, as played"""
    controls = asked.controls
    bar = BARS[controls["meter"]]
    steps = int(controls["bars"]) * bar
    chance = noise.view(-1, 2).cpu().numpy()[:steps]
    facts = told(steps, bar, controls["mode"] == "minor", controls["busy"])
    own, heat = _given(asked, steps, bar), controls["heat"]
    events, chords = write(network, facts, chance, heat, own)
    free = np.full(steps, FREE, np.int64)
    if number := int(controls["take_chords"]):  # the tune is locked
        drawn = again(asked.seed, number, steps, 2)
        _, chords = write(network, facts, drawn, heat, (events, free))
    if number := int(controls["take_tune"]):  # the chords are locked, and what a person gave
        drawn = again(asked.seed, 100 + number, steps, 2)
        events, _ = write(network, facts, drawn, heat, (own[0] if own else free, chords))
    return play(arranged(events, chords, bar), controls, asked.seed)


def _given(asked: Asked, steps: int, bar: int) -> tuple[np.ndarray, np.ndarray] | None:
    """The first bars of the person's own tune, chords left to the network; None without one."""
    notes = given(asked)
    rows = None if notes is None else melody(notes)
    if rows is None:
        return None
    kept = min(int(asked.controls["given"]) * bar, steps)
    events = np.full(steps, FREE, np.int64)
    events[:kept] = melody_events(rows, LONGEST)[:kept]
    return events, np.full(steps, FREE, np.int64)


def arranged(events: np.ndarray, chords: np.ndarray, bar: int) -> Notes:
    """Events and chord numbers (steps,) -> three tracks: a chord is struck where it begins and at
    every bar line, its bass on every half bar."""
    now, strummed, plucked = 1, [], []
    for step in range(len(events)):
        now = int(chords[step]) or now
        if now < 2:
            continue
        root, minor = (now - 2) % 12, now >= 2 + (CHORDS - 2) // 2
        if chords[step] or step % bar == 0:
            triad = (root, root + (3 if minor else 4), root + 7)
            strummed.append((step, [_above(p, CHORD) for p in triad]))
        if chords[step] or step % (bar // 2) == 0:
            plucked.append((step, [_above(root, BASS)]))
    tracks = (
        Track("melody", from_steps(melody_rows(events))),
        Track("chords", from_steps(_rows(strummed, len(events), 56))),
        Track("bass", from_steps(_rows(plucked, len(events), 80))),
    )
    return Notes(tracks, 120, len(events) * STEP, bar * STEP)


def _above(pitch: int, low: int) -> int:
    """The pitch class at its first place from `low` upwards."""
    return low + (pitch - low) % 12


def _rows(struck: list[tuple[int, list[int]]], steps: int, velocity: int) -> np.ndarray:
    """(start, pitches) -> rows (n, 5), each lasting until the next."""
    ends = [start for start, _ in struck[1:]] + [steps] if struck else []  # or no chord at all
    found = [
        (start, pitch, end - start)
        for (start, pitches), end in zip(struck, ends, strict=True)
        for pitch in pitches
    ]
    rows = np.zeros((len(found), 5), np.int32)
    if found:
        rows[:, [START, PITCH, LENGTH]] = found
    rows[:, VELOCITY] = velocity
    return rows
