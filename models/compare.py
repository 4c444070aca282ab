"""python -m models.compare: all families on one data set side by side, in one JSON file.

Samples by the same seeds, and every measure of the cards in one table: quality, diversity,
reconstruction, cost, difficulty. Nothing is measured here; the cards are the source.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from models.answer import answer, default_asked
from models.family import Card, Family, Words
from models.registry import HOME, cards, family_of
from models.sketch import sketch
from models.weights import load_network

FILE = HOME / "published" / "compare.json"
SEEDS = (1, 2, 3, 4, 5, 6, 7, 8)

# What a row of a card tells about: the page shows one group after another.
GROUPS: Mapping[str, tuple[Words, tuple[str, ...]]] = {
    "quality": (
        Words("Quality", "质量"),
        (
            "FD-",
            "KD-",
            "precision",
            "recognised",
            "half-transparent",
            "PSNR",
            "SSIM",
            "style loss",
            "edges kept",
            "notes in",
            "pitch-class",
            "onset-",
            "nats a",
            "perplexity",
            "bits a char",
            "well-formed",
            "even lines",
            "rhyme",
            "likeness",
        ),
    ),
    "diversity": (
        Words("Diversity", "多样性"),
        ("recall", "nearer to a training picture", "distinct", "self-BLEU"),
    ),
    "reconstruction": (
        Words("What was put in comes back", "还原放入的内容"),
        (
            "own ",
            "eye distance",
            "bits",
            "nats",
            "ELBO",
            "steps brought back",
            "reconstruction",
            "comes back",
            "there and back",
            "soprano kept",
            "active",
            "mutual",
        ),
    ),
    "smoothness": (Words("Smoothness", "平滑度"), ("largest step",)),
}
OTHER = "other"


def main(words: list[str] | None = None) -> int:
    """Write the comparison of everything that is published."""
    parser = argparse.ArgumentParser(prog="python -m models.compare", description=main.__doc__)
    parser.add_argument("-o", "--output", type=Path, default=FILE)
    asked = parser.parse_args(words)
    found = comparison(list(cards().values()))
    text = json.dumps(found, ensure_ascii=False, indent=1)
    asked.output.write_text(text + "\n", encoding="utf-8")
    print(f"{asked.output}: {', '.join(f'{k} {len(v)}' for k, v in found['data'].items())}")
    return 0


def comparison(published: Sequence[Card]) -> dict[str, Any]:
    """Groups of measures, seeds, and for each data set its models in the cards' order."""
    data: dict[str, list[dict]] = {}
    for card in published:
        data.setdefault(card.data["name"], []).append(one(card))
    groups = {key: title._asdict() for key, (title, _) in GROUPS.items()}
    return {
        "seeds": list(SEEDS),
        "groups": {**groups, OTHER: Words("Other", "其他")._asdict()},
        "data": data,
    }


def one(card: Card) -> dict[str, Any]:
    """One model's entry: facts of its card, its measures with their group, its samples."""
    family = family_of(card)
    return {
        "model": card.id,
        "family": family.id,
        "gives": family.gives,
        "title": family.title._asdict(),
        "revision": card.revision,
        "measures": [{**row, "group": group_of(row["name"])} for row in card.measures],
        "cost": card.cost,
        "difficulty": list(card.difficulty),
        "faults": list(card.faults),
        "samples": samples(card),
    }


def group_of(name: str) -> str:
    """The group that a measure belongs to, by the beginning of its name."""
    return next((k for k, (_, starts) in GROUPS.items() if name.startswith(starts)), OTHER)


def samples(card: Card) -> list[str]:
    """One sketch for each seed, every control at its default (see models/sketch.py)."""
    family = family_of(card)
    if any(t.required for t in family.takes):
        return []
    config, network = family.config(card.config), load_network(card)
    return [sketch(result(network, family, config, seed)) for seed in SEEDS]


@torch.inference_mode()
def result(network: torch.nn.Module, family: Family, config: Any, seed: int) -> Any:
    """What the family answers to this seed; of one that works in steps, the last step's."""
    output = answer(network, family, config, [default_asked(family, config, seed)])
    if isinstance(output, Iterator):
        output = [value for _, value in output if value is not None][-1]
    return output[0]


if __name__ == "__main__":
    sys.exit(main())
