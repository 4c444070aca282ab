"""python -m models.style.sheets MODEL_OR_RUN -o FILE.png: what a style model paints, to look at.

Pictures that it did not learn from: of unpaired translation 24 of each direction, each above its
painting; of any style 12 styles (across) on 6 contents; of several styles all of them on those.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import torch

from models.answer import answer, default_asked, to_bytes
from models.data import load_pictures
from models.learning.sheet import grid
from models.metrics.subject import Subject, open_subject

SIDE = 192  # pixels of a picture on the sheet
ACROSS = 12
EACH = 24  # pictures of a direction
CONTENTS, STYLES = 6, 12


def main(words: list[str] | None = None) -> int:
    """Write one sheet. Exit 2 and one sentence on bad input."""
    parser = argparse.ArgumentParser(prog="python -m models.style.sheets", description=main.__doc__)
    parser.add_argument("model", help="for example style/anystyle-art or runs/style-anystyle-art")
    parser.add_argument("-o", "--out", type=Path, required=True, help="a PNG file")
    asked = parser.parse_args(words)
    try:
        subject = open_subject(asked.model)
        pictures, columns = sheet(subject)
    except (FileNotFoundError, KeyError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    grid(pictures, columns).save(asked.out)
    print(f"{asked.out}: {len(pictures)} pictures of {SIDE} px, {columns} across")
    return 0


def sheet(subject: Subject) -> tuple[np.ndarray, int]:
    """uint8 (n, 3, SIDE, SIDE) row by row, and how many stand in a row."""
    names = {c.name for c in subject.family.controls(subject.config)}
    if "direction" in names:
        return _translations(subject), ACROSS
    contents = _spread(load_pictures(subject.family.Recipe().contents, SIDE, "validation").pictures,
                       CONTENTS)  # fmt: skip
    if "own_style" in {t.name for t in subject.family.takes}:
        return _own_styles(subject, contents), STYLES + 1
    groups = [c for c in subject.family.controls(subject.config) if c.group == "styles"]
    nothing = {c.name: 0.0 for c in groups}
    rows = []
    for content in contents:
        rows += [content, *(_painted(subject, content, **{**nothing, c.name: 1.0}) for c in groups)]
    return np.stack(rows), len(groups) + 1


def _translations(subject: Subject) -> np.ndarray:
    rows = []
    domains = (("there", subject.config.source), ("back", subject.config.target))
    for direction, name in domains:
        found = load_pictures(subject.data, SIDE, "test", 3)
        column, names = next(iter(found.names.items()))
        given = _spread(found.pictures[found.labels[column] == names.index(name)], EACH)
        made = np.stack([_painted(subject, x, direction=direction) for x in given])
        for start in range(0, len(given), ACROSS):
            rows += [given[start : start + ACROSS], made[start : start + ACROSS]]
    return np.concatenate(rows)


def _own_styles(subject: Subject, contents: np.ndarray) -> np.ndarray:
    from models.metrics.manner import held_out

    styles = to_bytes(
        torch.nn.functional.interpolate(held_out(subject)[1], size=SIDE, mode="bicubic")
    )[:STYLES]
    rows = [np.full_like(styles[0], 255), *styles]
    for content in contents:
        rows.append(content)
        for style in styles:
            more = {"own_style": style.transpose(1, 2, 0)}
            rows.append(_painted(subject, content, more))
    return np.stack(rows)


def _painted(subject: Subject, x: np.ndarray, more: dict | None = None, **controls) -> np.ndarray:
    """uint8 (3, h, w) -> the same, through the family's own way with all its defaults."""
    asked = default_asked(subject.family, subject.config, 0, **controls)
    asked = asked._replace(inputs={"picture": x.transpose(1, 2, 0), **(more or {})})
    with torch.inference_mode():
        made = answer(subject.network, subject.family, subject.config, [asked])
    return to_bytes(made[0][None])[0]


def _spread(pictures: np.ndarray, count: int) -> np.ndarray:
    return pictures[
        np.linspace(0, len(pictures) - 1, min(count, len(pictures))).round().astype(int)
    ]


if __name__ == "__main__":
    sys.exit(main())
