"""python -m models.metrics.interpolations [MODEL]: walks between unseen sentences, printed.

What a table cannot tell: whether every step on the way reads as a sentence. The ends are encoded
and written again, so that they differ from what was read.
"""

from __future__ import annotations

import sys

import numpy as np

from models.answer import default_asked
from models.data.texts import load_texts
from models.metrics import writing
from models.metrics.subject import Subject, open_subject

WALKS = 20
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)


def walks(subject: Subject, count: int = WALKS) -> list[list[str]]:
    """For each pair of test texts what stands at the steps between them."""
    texts = [t for t in load_texts(subject.data, "test").texts if len(t) <= 300]
    order = np.random.RandomState(5).permutation(len(texts))[: 2 * count].tolist()
    found = []
    for a, b in zip(order[::2], order[1::2], strict=True):
        ends = {"sentence": texts[a], "towards": texts[b]}
        asked = (
            default_asked(subject.family, subject.config, 0, walk=step, **ends) for step in STEPS
        )
        found.append([writing.written(subject, one).text for one in asked])
    return found


def main(words: list[str] | None = None) -> int:
    """Print them; exit 2 and one sentence where there is no such model."""
    words = sys.argv[1:] if words is None else words
    try:
        subject = open_subject(words[0] if words else "words/textvae-captions")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    for number, lines in enumerate(walks(subject), 1):
        print(f"{number:2}  " + "\n    ".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
