"""python -m studio models: every published model. Torch is not imported."""

from __future__ import annotations

import json

from studio.catalogue import models
from studio.commands import Parser


def main(words: list[str]) -> int:
    """A table for people, or with --json one JSON list of cards with their controls."""
    parser = Parser("models", main.__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON list of cards")
    asked = parser.parse_args(words)
    found = models()
    if asked.json:
        cards = [
            {**m.card.facts(), "controls": [c.describe() for c in m.controls]}
            for m in found.values()
        ]
        print(json.dumps(cards, ensure_ascii=False))
        return 0
    for name, model in found.items():
        print(f"{name:28} {model.card.revision}  {model.card.title.en} ({model.card.licence})")
        for c in model.controls:
            facts = c.describe()
            span = f"{facts['low']:g} to {facts['high']:g}, " if "low" in facts else ""
            print(f"    {c.name:14} {c.kind:7} {span}default {c.default}: {c.label.en}")
    return 0
