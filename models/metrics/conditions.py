"""Does a picture show what was asked for? A judge that learned from real pictures only reads it."""

from __future__ import annotations

import numpy as np

from models.judges.classifier.learning import accuracies, read
from models.metrics.subject import Subject, row
from models.registry import judge
from models.weights import load_network


def rows(subject: Subject) -> list[dict]:
    """One row for each condition; ceiling: the judge on the real held-out pictures."""
    test = subject.real("test")
    columns = [c for c in test.labels if c in subject.asked[0].controls]
    if not columns:
        return []
    card = judge(subject.data)
    network = load_network(card)
    names = list(network.names)
    found = read(network, subject.made)
    real = accuracies(network, test.pictures, test.labels)
    lines = []
    for column in columns:
        asked = [test.names[column].index(a.controls[column]) for a in subject.asked]
        share = float((found[:, names.index(column)] == np.array(asked)).mean())
        lines.append(
            row(subject, f"recognised: {column}", share, "share", "higher", ceiling=real[column],
                baseline=1 / len(test.names[column]), samples=len(asked), judge=card.revision)
        )  # fmt: skip
    return lines
