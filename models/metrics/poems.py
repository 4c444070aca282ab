"""Are they quatrains: four lines of five or seven characters, and do the even lines rhyme."""

from __future__ import annotations

import re

from models.data.texts import load_texts
from models.metrics import writing
from models.metrics.subject import Subject, row

LINE = {"五绝": 5, "七绝": 7}
SAMPLES = 100  # of each form


def well_formed(poem: str, characters: int) -> bool:
    """Four lines of so many characters, with ，and 。 in turn."""
    line = rf"[\u3400-\u9fff]{{{characters}}}"
    return bool(re.fullmatch(f"{line}，{line}。{line}，{line}。", poem.replace("\n", "")))


def poem_rows(subject: Subject) -> list[dict]:
    """Form and rhyme of samples; only for models that are told the form."""
    if "form" not in subject.config.conditions:
        return []
    from models.data.rhyme import rhyme_of, rhymes

    names = dict(zip(subject.config.conditions, subject.config.names, strict=True))
    formed = rhymed = asked_rhyme = total = 0
    for form, characters in LINE.items():
        for seed in range(SAMPLES):
            wish = names["rhyme"][seed % len(names["rhyme"])]
            asked = {"form": form, "rhyme": wish, "temperature": 0.7}
            made = writing.samples_one(subject, seed, **asked).text.replace("\n", "")
            total += 1
            formed += well_formed(made, characters)
            rhymed += rhymes(made)
            asked_rhyme += rhymes(made) and rhyme_of(made) == wish
    real = load_texts(subject.data, "test").texts
    facts = {"samples": total}
    true = sum(rhymes(text) for text in real) / len(real)
    return [
        row(
            subject,
            "well-formed quatrains",
            formed / total,
            "share",
            "higher",
            ceiling=1.0,
            **facts,
        ),
        row(subject, "even lines rhyme", rhymed / total, "share", "higher", ceiling=true, **facts),
        row(subject, "rhyme as asked", asked_rhyme / total, "share", "higher", **facts),
    ]
