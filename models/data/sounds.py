"""Sounds as one array in memory: a named data set or a person's own folder, read the same way."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from models.data.sources import SOURCES, Source, data_folder
from models.family import Words
from models.learning.pause import RUNS

ENDINGS = {".wav", ".flac", ".ogg", ".opus", ".mp3", ".aiff"}
FEWEST = 16  # below this a network only repeats what it heard
OWN_RATE = 16_000  # of a person's own folder
OWN_SECONDS = 1.0


@dataclass(frozen=True)
class SoundSet:
    """Sounds (count, samples) float32 in -1..1, padded with silence, with labels by column."""

    sounds: np.ndarray
    rate: int
    source: Source
    labels: dict[str, np.ndarray] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.sounds)


def load_sounds(name: str, split: str = "train") -> SoundSet:
    """Load the data set called `name`, or every sound below the folder `name`.

    `split` is train, validation, test or all; a folder is split by the hash of each file's name
    (10 % test, 5 % validation), and the names of its sub-folders are the labels of a column
    `kind`. FileNotFoundError and ValueError say in one sentence what is missing.
    """
    if name not in SOURCES:
        return _own(name, split)
    source = SOURCES[name]
    path = data_folder() / source.file
    if not path.exists():
        raise FileNotFoundError(
            f"Data set {name!r} is not at {path}: set STUDIO_DATA to the folder that holds "
            f"{source.file}, or pass a folder of your own sounds."
        )
    with zipfile.ZipFile(path) as archive:
        return _labelled(source, archive, split)


def _labelled(source: Source, archive: zipfile.ZipFile, split: str) -> SoundSet:
    text = archive.read("labels.tsv").decode("utf-8")
    every = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    part = {"validation": "valid"}.get(split, split)
    chosen = [i for i, r in enumerate(every) if part in ("all", r["split"])]
    rows = [every[i] for i in chosen]
    # Names come from all splits, so that a number means the same in each of them.
    names = {c: tuple(sorted({r[c] for r in every})) for c in source.labels}
    labels = {
        c: np.array([names[c].index(r[c]) for r in rows], dtype=np.int64) for c in source.labels
    }
    sounds, rate = _decoded(source, archive, every)
    return SoundSet(sounds[chosen], rate, source, labels, names)


def _decoded(source: Source, archive: zipfile.ZipFile, rows: list[dict]) -> tuple[np.ndarray, int]:
    """Every sound of the archive; decoding takes seconds, so a copy is kept below runs/sounds."""
    stamp = Path(archive.filename or "").stat()
    kept = RUNS / "sounds" / f"{source.name}-{stamp.st_size}-{stamp.st_mtime_ns}.npz"
    if kept.exists():
        with np.load(kept) as arrays:
            return arrays["sounds"].astype(np.float32), int(arrays["rate"])
    read = [read_sound(io.BytesIO(archive.read(f"audio/{r['id']}.opus"))) for r in rows]
    rate = read[0][1]
    longest = round(rate * max(float(r["seconds"]) for r in rows))
    # half precision: 66 dB below the sound itself, under what Opus added; the same on every read
    sounds = _padded([s for s, _ in read], longest).astype(np.float16)
    if RUNS.exists():
        kept.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=".npz", delete=False) as file:
            np.savez(file, sounds=sounds, rate=rate)
        Path(file.name).replace(kept)
    return sounds.astype(np.float32), rate


def _own(name: str, split: str) -> SoundSet:
    folder = Path(name).expanduser()
    if not folder.is_dir():
        known = [n for n, s in SOURCES.items() if s.file.startswith("audio/")]
        raise FileNotFoundError(
            f"No data set and no folder is called {name!r}; sounds: {', '.join(known)}."
        )
    every = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in ENDINGS]
    files = [p for p in every if split in ("all", _part(p.name))]
    sounds, kept = [], []
    for path in files:
        try:
            samples, rate = read_sound(path)
        except (OSError, RuntimeError) as error:
            print(f"left out {path.name}: {error}")
            continue
        sounds.append(resample(samples, rate, OWN_RATE))
        kept.append(path)
    if len(sounds) < FEWEST:
        raise ValueError(
            f"{folder} holds {len(sounds)} readable sounds for {split}; "
            f"at least {FEWEST} are needed."
        )
    source = Source(
        folder.name,
        str(folder.name),
        f"Own folder {folder.name}",
        "the owner of the folder",
        "the owner's",
        "Ask the owner of the sounds before passing results on.",
        "转发结果前请先征得声音所有者同意。",
        Words(folder.name, folder.name),
    )
    names = tuple(sorted({p.relative_to(folder).parts[0] for p in every if p.parent != folder}))
    array = _padded(sounds, round(OWN_RATE * OWN_SECONDS))
    if any(p.parent == folder for p in kept) or len(names) < 2:
        return SoundSet(array, OWN_RATE, source)
    kinds = [names.index(p.relative_to(folder).parts[0]) for p in kept]
    return SoundSet(array, OWN_RATE, source, {"kind": np.array(kinds)}, {"kind": names})


def resample(samples: np.ndarray, rate: int, wanted: int) -> np.ndarray:
    """(n,) at `rate` -> (m,) at `wanted` per second, without aliasing; the one place for it."""
    if rate == wanted:
        return samples
    from scipy.signal import resample_poly

    shared = np.gcd(rate, wanted)
    return resample_poly(samples, wanted // shared, rate // shared).astype(np.float32)


def read_sound(file: Path | io.BytesIO) -> tuple[np.ndarray, int]:
    """A file of any format that libsndfile knows -> (n,) float32 of one channel, and its rate."""
    import soundfile

    samples, rate = soundfile.read(file, dtype="float32", always_2d=True)
    return samples.mean(1), rate


def _padded(sounds: list[np.ndarray], longest: int) -> np.ndarray:
    array = np.zeros((len(sounds), longest), np.float32)
    for row, sound in zip(array, sounds, strict=True):
        row[: len(sound)] = sound[:longest].clip(-1, 1)
    return array


def _part(name: str) -> str:
    number = int(hashlib.md5(Path(name).stem.encode()).hexdigest()[:8], 16) % 100
    return "test" if number < 10 else "validation" if number < 15 else "train"
