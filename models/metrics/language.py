"""How well a language model reads held-out texts: the surprise of a text, a word, a letter."""

from __future__ import annotations

import math

from models.data.texts import load_texts
from models.data.vocabulary import UNKNOWN
from models.learning.language import nats
from models.metrics import writing
from models.metrics.subject import Subject, row


def rows(subject: Subject) -> list[dict]:
    """Negative log-likelihood on the test split, the Markov chain of the same data beside it."""
    found = likelihood(subject.network, subject.data)
    floor = _published("words/markov", subject)
    names = {
        "nats a text": "nats",
        "perplexity of a word": "",
        "bits a character": "bits",
        "unknown characters": "share",
    }
    rows = []
    for name, unit in names.items():
        beside = {"baseline": floor[name]} if floor and name in floor else {}
        rows.append(row(subject, name, found[name], unit, "lower", texts=found["texts"], **beside))
    return [*rows, *writing.rows(subject)]


def likelihood(network, data: str) -> dict[str, float]:
    """The figures on the whole test split."""
    texts = load_texts(data, "test").texts
    numbers = [network.vocabulary.encode(text) for text in texts]
    found = nats(network, numbers)
    total = found["a_text"] * len(texts)
    words = sum(len(text.split()) or len(text) for text in texts)
    characters = sum(map(len, texts))
    unknown = sum(n == UNKNOWN for text in numbers for n in text)
    return {
        "nats a text": found["a_text"],
        "perplexity of a word": math.exp(total / words),
        "bits a character": total / characters / math.log(2),
        "unknown characters": unknown / characters,
        "texts": len(texts),
    }


def _published(family: str, subject: Subject) -> dict[str, float]:
    """The rows of another model of the same data, by name; empty where there is none."""
    from models.registry import cards

    card = cards().get(f"{family}-{subject.data}")
    if card is None or card.id == subject.name:
        return {}
    return {row["name"]: row["value"] for row in card.measures}
