"""Read speech with its texts: a named data set or a person's own folder of the same form."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.data.sounds import read_sound, resample
from models.data.sources import SOURCES, Source, data_folder
from models.family import Words
from models.learning.pause import RUNS

TABLE = "transcripts.tsv"
FEWEST = 8


@dataclass(frozen=True)
class SpeechSet:
    """Clips (samples,) float32 in -1..1 at `rate`, the text of each and the pitch of its frames.

    `pitch[i]` is (1 + samples // hop,) in Hz, 0 where nothing hums.
    """

    clips: list[np.ndarray]
    texts: list[str]
    pitch: list[np.ndarray]
    ids: list[str]
    rate: int
    source: Source

    def __len__(self) -> int:
        return len(self.clips)


def load_speech(name: str, split: str, rate: int, hop: int) -> SpeechSet:
    """The clips of one part (train, validation, test or all) of the data set `name`.

    A folder of one's own holds `transcripts.tsv` (id, split, text) and `audio/<id>.<ending>`.
    FileNotFoundError and ValueError say in one sentence what is missing.
    """
    source = SOURCES.get(name) or _own(Path(name).expanduser())
    place = data_folder() / source.file if name in SOURCES else Path(name).expanduser()
    if not place.exists():
        raise FileNotFoundError(
            f"Data set {name!r} is not at {place}: set STUDIO_DATA to the folder that holds "
            f"{source.file}, or pass a folder with {TABLE} and audio/."
        )
    rows, files = _zipped(place) if place.suffix == ".zip" else _unpacked(place)
    clips, pitch = _prepared(place, rows, files, rate, hop)
    part = {"validation": "valid"}.get(split, split)
    kept = [i for i, row in enumerate(rows) if part in ("all", row["split"])]
    if len(kept) < FEWEST:
        raise ValueError(f"{name} holds {len(kept)} clips for {split}; {FEWEST} are needed.")
    return SpeechSet(
        [clips[i] for i in kept],
        [rows[i].get("normalized_text") or rows[i]["text"] for i in kept],
        [pitch[i] for i in kept],
        [rows[i]["id"] for i in kept],
        rate,
        source,
    )


def _zipped(place: Path) -> tuple[list[dict], list]:
    with zipfile.ZipFile(place) as archive:
        rows = _rows(archive.read(TABLE).decode("utf-8"))
        return rows, [io.BytesIO(archive.read(f"audio/{r['id']}.opus")) for r in rows]


def _unpacked(place: Path) -> tuple[list[dict], list]:
    if not (place / TABLE).is_file():
        raise FileNotFoundError(f"{place} has no {TABLE} with the columns id, split and text.")
    rows = _rows((place / TABLE).read_text(encoding="utf-8"))
    files = {p.stem: p for p in sorted((place / "audio").iterdir())}
    missing = [r["id"] for r in rows if r["id"] not in files]
    if missing:
        raise FileNotFoundError(f"{place}/audio has no recording of {missing[0]}.")
    return rows, [files[r["id"]] for r in rows]


def _rows(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def _own(folder: Path) -> Source:
    return Source(
        folder.name,
        str(folder.name),
        f"Own folder {folder.name}",
        "the owner of the folder",
        "the owner's",
        "Ask the person whose voice it is before passing results on.",
        "转发结果前请先征得声音所有者同意。",
        Words(folder.name, folder.name),
    )


def _prepared(place: Path, rows: list[dict], files: list, rate: int, hop: int):
    """Clips and their pitch; finding pitch takes a second a clip, so a copy is kept below runs."""
    from models.layers.pitch import track

    stamp = place.stat()
    kept = RUNS / "speech" / f"{place.stem}-{stamp.st_size}-{stamp.st_mtime_ns}-{rate}-{hop}.npz"
    if kept.exists():
        with np.load(kept) as arrays:
            long, frames = arrays["long"], arrays["frames"]
            clips = np.split(arrays["clips"].astype(np.float32), np.cumsum(long)[:-1])
            return clips, np.split(arrays["pitch"], np.cumsum(frames)[:-1])
    read = [read_sound(file) for file in files]
    clips = [resample(samples, was, rate).clip(-1, 1) for samples, was in read]
    pitch = [track(clip, rate, hop) for clip in clips]
    if RUNS.exists():
        kept.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=".npz", delete=False) as file:
            np.savez(
                file,
                clips=np.concatenate(clips).astype(np.float16),
                long=[len(c) for c in clips],
                pitch=np.concatenate(pitch),
                frames=[len(p) for p in pitch],
            )
        Path(file.name).replace(kept)
    return clips, pitch
