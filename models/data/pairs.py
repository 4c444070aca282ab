"""Pairs for upscaling: sharp pictures and what they look like small, made here by a named recipe.

`photos4` is the data set `sr_train` quartered, `photos2` halved, `phone4` quartered after what a
telephone does to a picture. A person's own folder is quartered (or what `scale` says).
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from models.data.pictures import ENDINGS
from models.data.sources import SOURCES, data_folder

SIDE = 768  # own photographs are cut to their middle, so that a folder of them fits into memory
MORE = (  # smaller and less sharp photographs beside them, against learning some hundred by heart
    ("images/content_train.zip", lambda row: row["split"] == "train", 1),
    ("images/style_monet2photo.zip", lambda row: row["file"].startswith("trainB"), 1),
    ("images/eye.zip", lambda row: row["split"] == "train" and row["source"] in NATURAL, 3),
)  # data set, which of its rows, every how manieth of those
NATURAL = ("butterflies", "caltech101")
VERSIONS = {"bicubic": 1, "phone": 3}  # small twins of a picture, each worn differently


@dataclass(frozen=True)
class Pairs:
    """Lists of uint8 arrays: `large` (3, h * scale, w * scale), `small` (versions, 3, h, w)."""

    large: list[np.ndarray]
    small: list[np.ndarray]
    scale: int

    def __len__(self) -> int:
        return len(self.large)


def recipe_of(name: str, scale: int) -> tuple[int, str]:
    """How often a data set is made smaller and how: `photos2` is (2, "bicubic")."""
    if name in SOURCES and name[-1].isdigit():
        return int(name[-1]), "phone" if name.startswith("phone") else "bicubic"
    return scale, "bicubic"


def load_pairs(
    name: str,
    scale: int = 4,
    split: str = "train",
    sizes: Sequence[float] = (1.0,),
    more: bool = False,
) -> Pairs:
    """The pairs of a named data set or of a folder; `split` is train or validation. Every picture
    comes once in each of `sizes`, shares of its own: what was far away has finer texture.
    `more`: a named data set with the pictures of `MORE`.

    FileNotFoundError and ValueError say in one sentence what is missing.
    """
    scale, way = recipe_of(name, scale)
    pictures = _pictures(name, split)
    large = [_whole(_resized(p, size), scale) for size in sizes for p in pictures]
    if more and name in SOURCES:
        large += [_whole(p, scale) for more in MORE for p in _chosen(*more)]
    large = [p for p in large if min(p.size) >= 2 * scale]
    if not large:
        raise ValueError(f"{name} holds no readable pictures for {split}.")
    worn = np.random.RandomState(0)
    small = [
        np.stack([_array(shrink(p, scale, way, worn)) for _ in range(VERSIONS[way])]) for p in large
    ]
    return Pairs([_array(p) for p in large], small, scale)


def shrink(picture: Image.Image, scale: int, way: str, worn: np.random.RandomState) -> Image.Image:
    """RGB -> RGB, sides divided by `scale` with PIL's antialiased bicubic (a = -0.5).

    `phone` blurs before it, adds grain after it and compresses as JPEG, each by a random amount.
    """
    if way == "phone":
        picture = picture.filter(ImageFilter.GaussianBlur(worn.uniform(0, 0.35 * scale)))
    size = (picture.width // scale, picture.height // scale)
    picture = picture.resize(size, Image.Resampling.BICUBIC)
    if way == "phone":
        grain = worn.normal(0, worn.uniform(0, 7), (picture.height, picture.width, 3))
        noisy = np.asarray(picture, np.float32) + grain
        picture = Image.fromarray(noisy.round().clip(0, 255).astype(np.uint8))
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=int(worn.randint(45, 96)))
        picture = Image.open(file).convert("RGB")
    return picture


def test_pictures() -> dict[str, Image.Image]:
    """Set5 by name, RGB: the five pictures that the literature measures on."""
    folder = data_folder() / "images" / "sr_val_set5"
    found = {p.stem: Image.open(p).convert("RGB") for p in sorted(folder.glob("*.png"))}
    if len(found) != 5:
        raise FileNotFoundError(f"Set5 is not at {folder}: set STUDIO_DATA to the data folder.")
    return found


def _pictures(name: str, split: str) -> list[Image.Image]:
    if name in SOURCES:
        return _chosen(SOURCES[name].file, lambda row: split.startswith(row["split"]))
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise FileNotFoundError(
            f"No data set and no folder is called {name!r}; data sets: {', '.join(SOURCES)}."
        )
    every = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in ENDINGS]
    held = every[::20]
    return [_own(p) for p in (held if split == "validation" else sorted(set(every) - set(held)))]


def _chosen(file: str, wanted: Callable[[dict[str, str]], bool], every: int = 1) -> list:
    """RGB pictures of an archive below the data folder, by the rows of its labels.tsv."""
    path = data_folder() / file
    if not path.is_file():
        raise FileNotFoundError(
            f"Pictures for upscaling are not at {path}: set STUDIO_DATA to the folder that holds "
            f"{file}, or pass a folder of your own pictures."
        )
    with zipfile.ZipFile(path) as archive:
        text = archive.read("labels.tsv").decode("utf-8")
        rows = csv.DictReader(io.StringIO(text), delimiter="\t")
        files = [row["file"] for row in rows if wanted(row)][::every]
        return [Image.open(io.BytesIO(archive.read(f))).convert("RGB") for f in files]


def _own(path: Path) -> Image.Image:
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    wide, high = (min(side, SIDE) for side in picture.size)
    left, top = (picture.width - wide) // 2, (picture.height - high) // 2
    return picture.crop((left, top, left + wide, top + high))


def _resized(picture: Image.Image, share: float) -> Image.Image:
    if share == 1.0:
        return picture
    size = [max(1, round(side * share)) for side in picture.size]
    return picture.resize(size, Image.Resampling.BICUBIC)


def _whole(picture: Image.Image, scale: int) -> Image.Image:
    """Cut right and below, so that both sides are multiples of `scale`."""
    return picture.crop((0, 0, picture.width // scale * scale, picture.height // scale * scale))


def _array(picture: Image.Image) -> np.ndarray:
    return np.ascontiguousarray(np.asarray(picture).transpose(2, 0, 1))
