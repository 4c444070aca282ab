"""Pictures as one array in memory: a named data set or a person's own folder, read the same way."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from models.data.sources import SOURCES, Source, data_folder
from models.family import Words

ENDINGS = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"}
FEWEST = 16  # below this a network only repeats what it saw


@dataclass(frozen=True)
class PictureSet:
    """Pictures (count, channels, height, width) uint8, with integer labels by column."""

    pictures: np.ndarray
    source: Source
    labels: dict[str, np.ndarray] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.pictures)


def load_pictures(name: str, size: int, split: str = "train", channels: int = 3) -> PictureSet:
    """Load the data set called `name`, or every picture below the folder `name`.

    `split` is train, validation, test or all; a folder is split by the hash of each file's name
    (10 % test, 5 % validation) so that the parts stay put when files are added; where all its
    pictures lie in sub-folders, their names are the labels of a column `kind`. FileNotFoundError
    and ValueError say in one sentence what is missing.
    """
    if name in SOURCES:
        source = SOURCES[name]
        path = data_folder() / source.file
        if not path.exists():
            raise FileNotFoundError(
                f"Data set {name!r} is not at {path}: set STUDIO_DATA to the folder that holds "
                f"{source.file}, or pass a folder of your own pictures."
            )
        if path.suffix == ".npz":
            return _digits(source, path, split)
        with zipfile.ZipFile(path) as archive:
            return _labelled(source, archive, size, split, channels)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise FileNotFoundError(
            f"No data set and no folder is called {name!r}; data sets: {', '.join(SOURCES)}."
        )
    return _own(folder, size, split, channels)


def fit(picture: Image.Image, size: int, channels: int) -> np.ndarray:
    """Turn upright, crop the middle square, shrink (Lanczos); (channels, size, size) uint8."""
    picture = ImageOps.exif_transpose(picture).convert({1: "L", 3: "RGB", 4: "RGBA"}[channels])
    if picture.size != (size, size):
        picture = ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS)
    array = np.asarray(picture)
    return np.ascontiguousarray(array[None] if array.ndim == 2 else array.transpose(2, 0, 1))


def _labelled(
    source: Source, archive: zipfile.ZipFile, size: int, split: str, channels: int
) -> PictureSet:
    text = archive.read("labels.tsv").decode("utf-8")
    every = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    rows = [r for r in every if split in ("all", _split(r))]
    pictures = np.stack(
        [fit(Image.open(io.BytesIO(archive.read(r["file"]))), size, channels) for r in rows]
    )
    # Names come from all splits, so that a number means the same in each of them.
    names = {c: tuple(sorted({r[c] for r in every})) for c in source.labels}
    labels = {
        c: np.array([names[c].index(r[c]) for r in rows], dtype=np.int64) for c in source.labels
    }
    return PictureSet(pictures, source, labels, names)


def _split(row: dict[str, str]) -> str:
    """Where a row belongs; sets without splits are parted by their files' names."""
    named = row.get("split") or _part(row["file"])
    return "validation" if named == "valid" else named


def _digits(source: Source, path: Path, split: str) -> PictureSet:
    with np.load(path) as arrays:
        if split == "test":
            x, y = arrays["test_x"], arrays["test_y"]
        else:  # the data set's page: the last 5,000 of the training part are for validation
            part = {"train": slice(None, -5000), "validation": slice(-5000, None)}.get(
                split, slice(None)
            )
            x, y = arrays["train_x"][part], arrays["train_y"][part]
    names = {"digit": tuple(str(d) for d in range(10))}
    return PictureSet(x[:, None], source, {"digit": y.astype(np.int64)}, names)


def _own(folder: Path, size: int, split: str, channels: int) -> PictureSet:
    files = [p for p in _pictures(folder) if split in ("all", _part(p.name))]
    found = list(_readable(files, size, channels))
    pictures = [picture for _, picture in found]
    if len(pictures) < FEWEST:
        raise ValueError(
            f"{folder} holds {len(pictures)} readable pictures for {split}; "
            f"at least {FEWEST} are needed."
        )
    source = Source(
        folder.name,
        str(folder.name),
        f"Own folder {folder.name}",
        "the owner of the folder",
        "the owner's",
        "Ask the owner of the pictures before passing results on.",
        "转发结果前请先征得图片所有者同意。",
        Words(folder.name, folder.name),
    )
    kinds = [path.relative_to(folder).parts[0] for path, _ in found]
    names = tuple(sorted({p.relative_to(folder).parts[0] for p in _pictures(folder)}))
    if any(path.parent == folder for path, _ in found) or len(names) < 2:
        return PictureSet(np.stack(pictures), source)
    labels = {"kind": np.array([names.index(kind) for kind in kinds], dtype=np.int64)}
    return PictureSet(np.stack(pictures), source, labels, {"kind": names})


def _pictures(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in ENDINGS]


def _readable(files: Iterable[Path], size: int, channels: int) -> Iterator[tuple[Path, np.ndarray]]:
    for path in files:
        try:
            with Image.open(path) as picture:
                yield path, fit(picture, size, channels)
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            print(f"left out {path.name}: {error}")


def _part(name: str) -> str:
    number = int(hashlib.md5(Path(name).stem.encode()).hexdigest()[:8], 16) % 100
    return "test" if number < 10 else "validation" if number < 15 else "train"
