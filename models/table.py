"""python -m models.table: the table of published models in README.md and README.zh.md.

The figures come from the cards, so that the page, the cards and the README never disagree.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.family import Card
from models.metrics.names import in_words
from models.registry import HOME, cards

BEGIN, END = "<!-- models:begin -->", "<!-- models:end -->"
# What tells most about a kind of model comes first; at most three rows of a card are told.
TELLING = (
    "FD-eye above the floor", "recognised: class", "recognised: digit", "PSNR-Y on Set5",
    "FD-listener above the floor", "recall", "precision", "active latents",
    "steps brought back, own sampling", "kernel distance",
)  # fmt: skip
MOST = 3
HEADS = {
    "README.md": ("| model | learned from | measures | numbers | time | trained |", "min", "weak"),
    "README.zh.md": ("| 模型 | 训练数据 | 指标 | 参数 | 耗时 | 训练 |", "分钟", "较弱"),
}


def table(file: str) -> str:
    """The rows of one README, between its two marks."""
    lines = [HEADS[file][0], "| --- | --- | --- | ---: | ---: | ---: |"]
    lines += [_row(card, file) for card in cards().values() if card.folder is not None]
    return "\n".join([BEGIN, *lines, END])


def main(root: Path = HOME.parent) -> int:
    """Write the tables in place."""
    for file in HEADS:
        path = root / file
        text = path.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        path.write_text(before + table(file) + after, encoding="utf-8")
    return 0


def _row(card: Card, file: str) -> str:
    _, minute, weak = HEADS[file]
    chinese = file.endswith("zh.md")
    title = card.title.zh if chinese else card.title.en
    mark = f" ({weak})" if any(f.startswith("Weak") for f in card.faults) else ""
    cells = [
        f"**{title}**{mark}",
        f"{card.data['title']}, {card.licence}",
        "; ".join(_measure(row, chinese) for row in _telling(card)),
        f"{card.cost['stored_numbers'] / 1e6:.1f} M",
        f"{card.cost['milliseconds']:.1f} ms",
        f"{card.cost.get('training_minutes', 0):.0f} {minute}",
    ]
    return "| " + " | ".join(cells) + " |"


def _telling(card: Card) -> list[Mapping[str, Any]]:
    """The rows named above, in their order, then the card's own first ones."""
    rows = {row["name"]: row for row in card.measures}
    named = [rows[name] for name in TELLING if name in rows]
    return (named or list(card.measures))[:MOST]


def _measure(row: Mapping[str, Any], chinese: bool) -> str:
    """`name value unit`, with what real data or the baseline gets where the card knows it."""
    told = in_words(row)
    name = told.get("label") or {"en": row["name"], "zh": row["name"]}
    text = f"{name['zh' if chinese else 'en']} {row['value']:.4g}"
    if not isinstance(row.get("ceiling"), int | float):
        return text
    return f"{text} ({'真实数据' if chinese else 'real'} {row['ceiling']:.4g})"


if __name__ == "__main__":
    sys.exit(main())
