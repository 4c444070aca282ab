"""How notes are played: tempo, key, swing, a human touch, and each track's instrument and level.

None of these ask the network anything: they are part of the request all the same, so that a file
sounds as the page did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from models.family import Choice, Control, Slider, Words
from models.values import STEP, Notes, Track

INSTRUMENTS: dict[str, tuple[int, Words]] = {
    "piano": (0, Words("Piano", "钢琴")),
    "e_piano": (4, Words("Electric piano", "电钢琴")),
    "glockenspiel": (9, Words("Glockenspiel", "钟琴")),
    "vibraphone": (11, Words("Vibraphone", "颤音琴")),
    "organ": (19, Words("Church organ", "教堂管风琴")),
    "accordion": (21, Words("Accordion", "手风琴")),
    "guitar": (24, Words("Guitar", "吉他")),
    "bass": (33, Words("Bass guitar", "贝斯")),
    "violin": (40, Words("Violin", "小提琴")),
    "cello": (42, Words("Cello", "大提琴")),
    "harp": (46, Words("Harp", "竖琴")),
    "strings": (48, Words("Strings", "弦乐")),
    "choir": (52, Words("Choir", "合唱")),
    "trumpet": (56, Words("Trumpet", "小号")),
    "sax": (65, Words("Saxophone", "萨克斯")),
    "clarinet": (71, Words("Clarinet", "单簧管")),
    "flute": (73, Words("Flute", "长笛")),
    "whistle": (78, Words("Whistle", "口哨")),
}
MOST_SWING = 2 / 3  # of a step: an off-beat sixteenth then falls on the last third of its pair
MOST_LATE = 24  # ticks that a fully human note may be early or late (a fifth of a sixteenth)


TEMPO = Slider(
    name="tempo",
    label=Words("Tempo", "速度"),
    help=Words("How fast: quarter notes a minute.", "快慢:每分钟四分音符数。"),
    group="playing",
    low=40,
    high=220,
    step=1,
    default=120,
    unit="bpm",
)
TRANSPOSE = Slider(
    name="transpose",
    label=Words("Transpose", "移调"),
    help=Words("Everything higher or lower.", "整体升高或降低。"),
    group="playing",
    low=-12,
    high=12,
    step=1,
    default=0,
    unit="semitones",
)
SWING = Slider(
    name="swing",
    label=Words("Swing", "摇摆"),
    help=Words("Every second sixteenth comes late, as in jazz.", "每第二个十六分音符略晚,如爵士。"),
    group="playing",
    low=0,
    high=1,
    step=0.05,
    default=0,
)
HUMAN = Slider(
    name="human",
    label=Words("Human touch", "人味"),
    help=Words(
        "Notes a little early or late, louder or softer, as hands play them.",
        "音符略早或略晚、略强或略弱,像人手弹奏。",
    ),
    group="playing",
    low=0,
    high=1,
    step=0.05,
    default=0.3,
)


def playing(
    tempo: float, tracks: Sequence[tuple[str, Words, str]], key: bool = True, swing: bool = True
) -> tuple[Control, ...]:
    """The controls of playing. `tracks`: (name, words, instrument); "" is a drum kit."""
    found: list[Control] = [replace(TEMPO, default=tempo)]
    found += [TRANSPOSE] * key + [SWING] * swing + [HUMAN]
    for name, words, instrument in tracks:
        found.append(_level(name, words))
        if instrument:
            found.append(_sound(name, words, instrument))
    return tuple(found)


def _level(name: str, words: Words) -> Slider:
    return Slider(
        name=f"level_{name}",
        label=words,
        help=Words(
            f"How loud {words.en.lower()} plays; 0 is silent.", f"{words.zh}的音量;0 为静音。"
        ),
        group="levels",
        low=0,
        high=120,
        step=5,
        default=100,
        unit="%",
    )


def _sound(name: str, words: Words, instrument: str) -> Choice:
    return Choice(
        name=f"sound_{name}",
        label=Words(f"{words.en}: instrument", f"{words.zh}:乐器"),
        help=Words("Which instrument plays this part.", "由哪种乐器演奏该声部。"),
        group="levels",
        options=tuple((k, w) for k, (_, w) in INSTRUMENTS.items()),
        default=instrument,
    )


def take(name: str, new: Words, kept: Words) -> Slider:
    """Another draw of some parts while the others stay as they are: lock and re-roll."""
    return Slider(
        name=f"take_{name}",
        label=Words(f"New {new.en}, same {kept.en}", f"新的{new.zh},同样的{kept.zh}"),
        help=Words(
            f"Every number is another {new.en} to the same {kept.en}; 0 is the seed's own.",
            f"每个数字都为同样的{kept.zh}配上另一种{new.zh};0 为种子原有的。",
        ),
        group="takes",
        low=0,
        high=99,
        step=1,
        default=0,
    )


def reroll(tracks: Sequence[tuple[str, Words, str]]) -> tuple[Slider, ...]:
    """One number a track: another draw of it alone, to the same piece."""
    return tuple(
        Slider(
            name=f"take_{name}",
            label=Words(f"Another {words.en.lower()}", f"另一种{words.zh}"),
            help=Words(
                f"Every number is another {words.en.lower()} to the same piece; 0 is the seed's.",
                f"每个数字都为同一乐曲换一种{words.zh};0 为种子原有的。",
            ),
            group="takes",
            low=0,
            high=99,
            step=1,
            default=0,
        )
        for name, words, _ in tracks
    )


def again(seed: int, number: int, *shape: int) -> np.ndarray:
    """Uniform numbers of the `number`-th take of a seed, float32."""
    drawn = np.random.RandomState(np.array([seed, 23, number], np.uint32))
    return drawn.random_sample(shape).astype(np.float32)


def play(notes: Notes, controls: Mapping[str, Any], seed: int) -> Notes:
    """Notes as written -> notes as played; every track is called as its controls are."""
    tempo = float(controls["tempo"])
    # Lateness is drawn for a track by its name, so that muting one leaves the others as they were.
    tracks = tuple(_played(track, controls, seed) for track in notes.tracks)
    return Notes(tracks, tempo, notes.ticks, notes.bar)


def _played(track: Track, controls: Mapping[str, Any], seed: int) -> Track:
    rows = track.rows.astype(np.int64)
    level = controls[f"level_{track.name}"] / 100
    if level == 0:
        rows = rows[:0]
    if not track.drums:
        rows[:, 1] = _inside(rows[:, 1] + int(controls["transpose"]))
    place = rows[:, 0] // STEP
    late = np.where(place % 2 == 1, controls.get("swing", 0) * MOST_SWING * STEP, 0.0)
    drawn = np.random.RandomState(np.array([seed, *track.name.encode()], np.uint32))
    loose = drawn.standard_normal((len(rows), 2)).clip(-2, 2) * controls["human"]
    rows[:, 0] = np.maximum(np.rint(rows[:, 0] + late + loose[:, 0] * MOST_LATE / 2), 0)
    beat = np.where(place % 4 == 0, 1.0, 1.0 - 0.12 * controls["human"])
    loud = rows[:, 3] * level * beat * (1 + 0.1 * loose[:, 1])
    rows[:, 3] = np.clip(np.rint(loud), 1, 127)
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))].astype(np.int32)
    program = track.program
    if not track.drums:
        program = INSTRUMENTS[controls[f"sound_{track.name}"]][0]
    return Track(track.name, rows, program, track.drums)


def _inside(pitch: np.ndarray) -> np.ndarray:
    """By octaves into the piano's range."""
    pitch = np.where(pitch < 21, pitch + 12 * -((pitch - 21) // 12), pitch)
    return np.where(pitch > 108, pitch - 12 * -((108 - pitch) // 12), pitch)
