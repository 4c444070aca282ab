"""Finds families (`<root>/<domain>/<name>/family.py`) and cards (`<root>/published/*/*/card.json`).

The roots are this package and every folder named in the environment variable STUDIO_MODELS,
so that a family or a person's own weights live anywhere. Torch is not imported here.
"""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import os
import sys
from functools import lru_cache
from pathlib import Path

from models.family import Card, Control, Family

HOME = Path(__file__).parent
DOMAINS = ("pictures", "upscale", "style", "words", "music", "voice")
JUDGES = "judges"  # networks that measure the others: trained and published alike, never on a page


def roots() -> tuple[Path, ...]:
    """Every folder that is searched, ours first."""
    extra = os.environ.get("STUDIO_MODELS", "")
    return (HOME, *(Path(p) for p in extra.split(os.pathsep) if p))


def _load(folder: Path, root: Path) -> Family:
    domain = folder.parent.name
    if root == HOME:
        return importlib.import_module(f"models.{domain}.{folder.name}.family").FAMILY
    # A folder outside the package is loaded as a package of its own, so that
    # `from .network import ...` works there as it does here.
    name = f"studio_extra_{domain}_{folder.name}"
    sys.modules.pop(f"{name}.family", None)
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules[name] = package
    return importlib.import_module(f"{name}.family").FAMILY


@lru_cache(maxsize=8)
def _families(searched: tuple[Path, ...], domains: tuple[str, ...]) -> dict[str, Family]:
    found: dict[str, Family] = {}
    for root in searched:
        for domain in domains:
            for path in sorted((root / domain).glob("*/family.py")):
                family = _load(path.parent, root)
                found.setdefault(family.id, family)
    return found


def families() -> dict[str, Family]:
    """Every family by id (`pictures/dcgan`), in the order of DOMAINS."""
    return dict(_families(roots(), DOMAINS))


def trainable() -> dict[str, Family]:
    """Every family of the studio and, after them, the judges (`judges/eye`)."""
    return families() | _families(roots(), (JUDGES,))


def judge(name: str) -> Card:
    """The card of one judge (`eye`); FileNotFoundError says how to get it. A later root wins."""
    for root in reversed(roots()):
        folder = root / "published" / JUDGES / name
        if (folder / "card.json").exists():
            return Card.load(folder)
    raise FileNotFoundError(
        f"No judge called {name!r} is published: train it (python -m models.train judges/...) and "
        "run python -m models.judges.publish."
    )


@lru_cache(maxsize=8)
def _cards(searched: tuple[Path, ...], stamp: tuple[tuple[str, int], ...]) -> dict[str, Card]:
    return {(card := Card.load(Path(folder))).id: card for folder, _ in stamp}


def cards() -> dict[str, Card]:
    """Every published model by id, in the order of DOMAINS; changed files are read again."""
    paths = [
        path
        for root in roots()
        for domain in DOMAINS
        for path in sorted((root / "published" / domain).glob("*/card.json"))
    ]
    stamp = tuple((str(p.parent), p.stat().st_mtime_ns) for p in paths)
    return dict(_cards(roots(), stamp))


def family_of(card: Card) -> Family:
    """The family of a card; KeyError names the missing one."""
    return trainable()[card.family]


def controls_of(card: Card) -> tuple[Control, ...]:
    """A card's controls, with the names that these weights gave to them."""
    family = family_of(card)
    return tuple(
        dataclasses.replace(c, label=card.labels[c.name]) if c.name in card.labels else c
        for c in family.controls(family.config(card.config))
    )
