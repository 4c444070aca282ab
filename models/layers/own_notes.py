"""A person's own MIDI file as a network's input: its tune, its drums or its voices on the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.data.songs import PITCH
from models.family import Asked, Slider, Takes, Words
from models.layers.events import FIRST, drum_hits, melody_events, opened
from models.layers.form import MOST_BARS
from models.parts import melody, on_grid
from models.values import DRUMS, Notes, Track

BAR = 16
LONGEST = 600  # seconds of a file that are read

OWN = Takes(
    name="tune",
    kind="notes",
    label=Words("Your MIDI file", "您的 MIDI 文件"),
    help=Words(
        "What fits the model is taken from it: its melody, its voices or its drums.",
        "取其中适合该模型的部分:旋律、声部或鼓点。",
    ),
    required=False,
    limit=LONGEST,
)

FROM_BAR = Slider(
    name="from_bar",
    label=Words("Your file from bar", "从您文件的第几小节开始"),
    help=Words(
        "Where in your MIDI file to begin; without a file it changes nothing.",
        "从您 MIDI 文件的哪一小节开始;没有文件时不起作用。",
    ),
    group="own",
    low=1,
    high=64,
    step=1,
    default=1,
)

OTHER = replace(
    OWN,
    name="other",
    label=Words("Second MIDI file", "第二个 MIDI 文件"),
    help=Words(
        "Where a walk leads; without it, to the seed to mix with.",
        "行走的终点;没有它时走向要混合的种子。",
    ),
)

OTHER_BAR = replace(
    FROM_BAR,
    name="other_bar",
    label=Words("Second file from bar", "从第二个文件的第几小节开始"),
    help=Words(
        "Which two bars of the second file a walk leads to.", "行走通向第二个文件的哪两小节。"
    ),
)

NEAR = Slider(
    name="near",
    label=Words("Closeness to your file", "与您文件的接近程度"),
    help=Words(
        "1 starts from your own notes, 0 from the seed; without a file it changes nothing.",
        "1 表示从您的音符出发,0 表示从种子出发;没有文件时不起作用。",
    ),
    group="own",
    low=0.0,
    high=1.0,
    step=0.05,
    default=1.0,
)

# What General MIDI's other drums are nearest to, as places in DRUMS.
ALIKE = {
    35: 0, 36: 0, 37: 1, 38: 1, 39: 1, 40: 1, 42: 2, 44: 2, 46: 3, 41: 4, 43: 4, 45: 4, 47: 5,
    48: 5, 50: 6, 49: 7, 52: 7, 55: 7, 57: 7, 51: 8, 53: 8, 54: 2, 56: 8, 59: 8,
}  # fmt: skip


def given(asked: Asked, take: Takes = OWN, bar: Slider = FROM_BAR) -> Notes | None:
    """What a person put in, from the asked bar on; None where nothing was or nothing is left."""
    notes = asked.inputs.get(take.name)
    if notes is None:
        return None
    first = (int(asked.controls[bar.name]) - 1) * notes.bar
    tracks = []
    for track in notes.tracks:
        rows = track.rows[track.rows[:, 0] >= first].copy()
        rows[:, 0] -= first
        if len(rows):
            tracks.append(Track(track.name, rows, track.program, track.drums))
    return Notes(tuple(tracks), notes.tempo, max(notes.ticks - first, 1), notes.bar)


def drums(notes: Notes, steps: int) -> np.ndarray | None:
    """Drum tracks as hits (steps, 27; models.layers.events); None where there are none."""
    parts: Sequence[np.ndarray] = [on_grid(t.rows) for t in notes.tracks if t.drums]
    if not parts:
        return None
    rows = np.concatenate(parts)
    place = np.array([ALIKE.get(int(p), -1) for p in rows[:, PITCH]])
    return drum_hits(tuple(rows[place == i] for i in range(len(DRUMS))), steps)


def tune_windows(notes: Notes | None, steps: int, most: int = MOST_BARS * BAR) -> np.ndarray:
    """The melody's first `most` sixteenths as windows of events (k, steps) in which notes begin;
    none without a melody."""
    rows = None if notes is None else melody(notes)
    if rows is None:
        return np.zeros((0, steps), np.int64)
    events = melody_events(rows, MOST_BARS * BAR)
    cut = [opened(events, i, steps) for i in range(0, most, steps)]
    cut = [w for w in cut if (w >= FIRST).any()]
    return np.stack(cut) if cut else np.zeros((0, steps), np.int64)
