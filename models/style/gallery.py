"""The gallery: works in the public domain whose manner a picture can take. Torch is not imported.

Small copies and their credits lie in `assets/styles`; a published network holds their statistics.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from models.family import Words

FOLDER = Path(__file__).parents[2] / "assets" / "styles"


@dataclass(frozen=True)
class Work:
    """One work of art: `name` is that of its file and of the choice."""

    name: str
    title: Words
    artist: Words
    years: str
    style: str

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.webp"

    @property
    def words(self) -> Words:
        """Title and artist in one line."""
        return Words(f"{self.title.en}, {self.artist.en}", f"{self.artist.zh}《{self.title.zh}》")


@lru_cache(maxsize=1)
def works() -> tuple[Work, ...]:
    """Every work, in the order of the page."""
    with (FOLDER / "credits.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return tuple(
        Work(
            r["name"],
            Words(r["title"], r["title_zh"]),
            Words(r["artist"], r["artist_zh"]),
            r["years"],
            r["style"],
        )
        for r in rows
    )
