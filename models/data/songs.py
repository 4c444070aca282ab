"""Songs of the named data sets on a grid of sixteenths (audio/music_*.json.gz)."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from models.data.sources import SOURCES, data_folder

SPLITS = {"train": "train", "validation": "valid", "test": "test"}
# Columns of a track's rows.
START, PITCH, LENGTH, VELOCITY, OFF = range(5)


@dataclass(frozen=True)
class Song:
    """One song. `tracks` are int32 rows (n, 5): start in sixteenths, MIDI pitch, length in
    sixteenths, velocity 1..127, hundredths of a step off the grid (0 where nobody measured it).

    `key` is like `G:maj`, or empty; `bars` are the steps at which bars begin; `chords` rows of
    (start, end, name).
    """

    name: str
    tracks: tuple[np.ndarray, ...]
    steps: int
    bar: int
    tempo: float
    key: str
    bars: np.ndarray
    chords: tuple[tuple[int, int, str], ...]
    facts: dict[str, str]

    @property
    def tonic(self) -> int:
        """Pitch class of the key, 0..11 (0 where it has none)."""
        return PITCH_CLASSES.get(self.key.split(":")[0], 0)

    @property
    def minor(self) -> bool:
        return self.key.endswith(":min")


PITCH_CLASSES = {
    name: number
    for number, names in enumerate(
        ("C B#", "C# Db", "D", "D# Eb", "E Fb", "F E#", "F# Gb", "G", "G# Ab", "A", "A# Bb", "B Cb")
    )
    for name in names.split()
}


def load_songs(name: str, split: str = "train") -> list[Song]:
    """All songs of one split (train, validation, test, all) of a named data set.

    FileNotFoundError says in one sentence what is missing.
    """
    source = SOURCES.get(name)
    if source is None or "music_" not in source.file:
        known = ", ".join(n for n, s in SOURCES.items() if "music_" in s.file)
        raise FileNotFoundError(f"No music data set is called {name!r}; there are {known}.")
    path = data_folder() / source.file
    if not path.exists():
        raise FileNotFoundError(
            f"Data set {name!r} is not at {path}: set STUDIO_DATA to the folder that holds "
            f"{source.file}."
        )
    return [s for part, s in _read(path) if split in ("all", part)]


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[tuple[str, Song], ...]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = json.load(file)
    parts = {ours: name for name, ours in SPLITS.items()}
    return tuple((parts[raw["split"]], _song(raw)) for raw in found["songs"])


def _song(raw: dict) -> Song:
    facts = {k: str(raw[k]) for k in ("style", "kind", "title", "collection") if k in raw}
    bar = raw["steps_per_bar"]
    return Song(
        name=raw["id"],
        tracks=tuple(_rows(track) for track in raw["tracks"]),
        steps=raw["n_steps"],
        bar=bar,
        tempo=float(raw["tempo"]),
        key=raw.get("key") or "",
        bars=np.asarray(raw.get("bars") or range(0, raw["n_steps"], bar), np.int64),
        chords=tuple((int(a), int(b), str(c)) for a, b, c in raw.get("chords") or ()),
        facts=facts,
    )


def _rows(track: dict[str, list[int]]) -> np.ndarray:
    rows = np.zeros((len(track["pitch"]), 5), np.int32)
    rows[:, START] = np.cumsum(track["delta"])
    columns = (("pitch", PITCH), ("dur", LENGTH), ("vel", VELOCITY), ("off", OFF))
    for name, column in columns:
        if name in track:
            rows[:, column] = track[name]
    return rows
