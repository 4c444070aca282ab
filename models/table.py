"""python -m models.table: the table of published models in README.md and README.zh.md.

The figures come from the cards, so that the page, the cards and the README never disagree.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from models.family import Card
from models.registry import HOME, cards

BEGIN, END = "<!-- models:begin -->", "<!-- models:end -->"
SHARE = "FD-eye above the floor"  # 0: as real pictures, 1: as the PCA-Gaussian
HEADS = {
    "README.md": (
        "| model | learned from | FD share | precision | recall | numbers | time | trained |",
        "min",
    ),
    "README.zh.md": (
        "| 模型 | 训练数据 | FD 比例 | 精确率 | 召回率 | 参数 | 耗时 | 训练 |",
        "分钟",
    ),
}


def table(file: str) -> str:
    """The rows of one README, between its two marks."""
    head, minute = HEADS[file]
    lines = [head, "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    lines += [_row(card, file, minute) for card in cards().values() if card.folder is not None]
    return "\n".join([BEGIN, *lines, END])


def main(root: Path = HOME.parent) -> int:
    """Write the tables in place."""
    for file in HEADS:
        path = root / file
        text = path.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        path.write_text(before + table(file) + after, encoding="utf-8")
    return 0


def _row(card: Card, file: str, minute: str) -> str:
    measured = {row["name"]: row["value"] for row in card.measures}
    title = card.title.zh if file.endswith("zh.md") else card.title.en
    weak = " (weak)" if any(f.startswith("Weak") for f in card.faults) else ""
    cells = [
        f"**{title}**{weak}",
        f"{card.data['title']}, {card.licence}",
        *(_figure(measured.get(name)) for name in (SHARE, "precision", "recall")),
        f"{card.cost['stored_numbers'] / 1e6:.1f} M",
        f"{card.cost['milliseconds']:.1f} ms",
        f"{card.cost['training_minutes']:.0f} {minute}",
    ]
    return "| " + " | ".join(cells) + " |"


def _figure(value: Any) -> str:
    return "" if value is None else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
