"""python -m studio bench [NAME...]: ours and a reference side by side in one run.

JSON lines: name, ours, reference, ratio (ours / reference), unit, and what the reference is.
Training pauses while a bench measures. No test asserts a time; this is where speed is claimed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

BENCHES = ("start", "models", "live", "load", "upscale", "style", "music", "voice", "words")


@dataclass(frozen=True)
class Row:
    """One comparison; `reference` is a plain stand-in measured in the same run."""

    name: str
    ours: float
    reference: float
    unit: str
    against: str

    def facts(self) -> dict:
        facts = asdict(self)
        facts["ratio"] = round(self.ours / self.reference, 3) if self.reference else None
        facts["ours"], facts["reference"] = round(self.ours, 3), round(self.reference, 3)
        return facts


def rows(which: Sequence[str]) -> Iterator[Row]:
    """Run the named benches one after another while training stands still."""
    from models.learning.pause import training_paused

    with training_paused():
        for name in which:
            yield from importlib.import_module(f"studio.bench.{name}").rows()


def main(words: Sequence[str] | None = None) -> int:
    """Print one line a row. Exit 2 and one sentence when a bench cannot run here."""
    parser = argparse.ArgumentParser(prog="python -m studio bench", description=__doc__)
    parser.add_argument("which", nargs="*", metavar="|".join(BENCHES), help="default: all")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")
    asked = parser.parse_args(words)
    unknown = [name for name in asked.which if name not in BENCHES]
    if unknown:
        print(f"No bench is called {unknown[0]!r}; benches: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    try:
        for row in rows(asked.which or BENCHES):
            facts = row.facts()
            if asked.json:
                print(json.dumps(facts), flush=True)
            else:
                print(
                    "{name:44} {ours:9.2f} {unit}   {reference:9.2f} {unit}   "
                    "ratio {ratio}   ({against})".format(**facts),
                    flush=True,
                )
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 2
    except ImportError as error:
        print(f"This bench needs {error.name}: pip install {error.name}.", file=sys.stderr)
        return 2
    return 0
