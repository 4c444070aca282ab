"""python -m models.measure MODEL_OR_RUN [--json]: how good a model is, on held-out real pictures.

A published model's rows go into its card; a training run (a folder below runs/) is only printed.
The same command gives the same figures: seeds, real pictures and the eye are fixed.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import sys

from models.learning.pause import training_paused
from models.metrics import GROUPS
from models.metrics.subject import Subject, open_subject


def main(words: list[str] | None = None) -> int:
    """Measure one model and write its card. Exit 2 and one sentence on bad input."""
    parser = argparse.ArgumentParser(prog="python -m models.measure", description=main.__doc__)
    parser.add_argument("model", help="for example pictures/dcgan-cats or runs/pictures-dcgan-cats")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    asked = parser.parse_args(words)
    try:
        subject = open_subject(asked.model)
        with training_paused():
            rows = measure(subject)
    except (FileNotFoundError, KeyError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if subject.card is not None:
        dataclasses.replace(subject.card, measures=rows).save(subject.card.folder)
    print(json.dumps(rows, indent=1) if asked.json else table(rows))
    return 0


def measure(subject: Subject) -> list[dict]:
    """All rows of the groups that the family names, of its alpha, and then the family's own."""
    rows = []
    for group in (*subject.family.metrics, "alpha"):
        if group not in GROUPS:
            raise ValueError(
                f"{subject.family.id} names the measure {group!r}; there are {', '.join(GROUPS)}."
            )
        rows += importlib.import_module(GROUPS[group]).rows(subject)
    own = getattr(subject.family, "own_rows", None)  # reconstruction, likelihood: its own matter
    return rows + (own(subject) if own else [])


def table(rows: list[dict]) -> str:
    """Rows as lines of text."""
    lines = [f"{'':46}{'value':>10}{'floor':>10}{'ceiling':>10}{'baseline':>10}{'error':>10}"]
    for row in rows:
        cells = (row.get(k, "") for k in ("value", "floor", "ceiling", "baseline", "error"))
        lines.append(f"{row['name']:46}" + "".join(f"{c!s:>10}" for c in cells))
        if "ratio" in row:
            between = f"{row['ratio_from']} to {row['ratio_to']}"
            lines.append(f"{'':8}{row['ratio']} of the ceiling; 95 % of draws: {between}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
