"""Are they quatrains: four lines of five or seven characters, and do the even lines rhyme."""

from __future__ import annotations

import re

from models.data.texts import load_texts
from models.layers.verse import LINES
from models.metrics import writing
from models.metrics.subject import Subject, row

SAMPLES = 100  # of each form


def well_formed(poem: str, characters: int) -> bool:
    """Four lines of so many characters, with ，and 。 in turn."""
    line = rf"[\u3400-\u9fff]{{{characters}}}"
    return bool(re.fullmatch(f"{line}，{line}。{line}，{line}。", poem.replace("\n", "")))


def poem_rows(subject: Subject) -> list[dict]:
    """Form and rhyme of samples as a person gets them, and of the network left to itself; only
    for models that are told the form."""
    if "form" not in subject.config.conditions:
        return []
    from models.data.rhyme import rhymes

    held, alone = _counted(subject, True), _counted(subject, False)
    real = load_texts(subject.data, "test").texts
    true = sum(rhymes(text) for text in real) / len(real)
    facts = {"samples": SAMPLES * len(LINES)}
    formed, rhymed, as_asked = held
    return [
        row(subject, "well-formed quatrains", formed, "share", "higher", ceiling=1.0,
            baseline=alone[0], **facts),
        row(subject, "well-formed quatrains, not held", alone[0], "share", "higher", ceiling=1.0,
            **facts),
        row(subject, "even lines rhyme", rhymed, "share", "higher", ceiling=true,
            baseline=alone[1], **facts),
        row(subject, "even lines rhyme, not held", alone[1], "share", "higher", ceiling=true,
            **facts),
        row(subject, "rhyme as asked", as_asked, "share", "higher", baseline=alone[2], **facts),
    ]  # fmt: skip


def _counted(subject: Subject, held: bool) -> list[float]:
    """Shares of samples that are quatrains, that rhyme, and that rhyme as asked."""
    from models.data.rhyme import rhyme_of, rhymes

    names = dict(zip(subject.config.conditions, subject.config.names, strict=True))["rhyme"]
    found = []
    for form, characters in LINES.items():
        for seed in range(SAMPLES):
            wish = names[seed % len(names)]
            asked = {"form": form, "rhyme": wish, "hold": held}
            made = writing.samples_one(subject, seed, **asked, temperature=0.7).text
            made, rhymed = made.replace("\n", ""), rhymes(made.replace("\n", ""))
            found.append((well_formed(made, characters), rhymed, rhymed and rhyme_of(made) == wish))
    return [sum(column) / len(found) for column in zip(*found, strict=True)]
