"""How well texts are answered: BLEU against the held-out answers, a memory of the training texts
beside it; what the latent tells; whether a reply suits the question's intent.

BLEU over a whole test file: Papineni and others, ACL 2002; small letters, Chinese by characters.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from models.answer import default_asked
from models.data.kin import Kin
from models.data.texts import TextSet, load_texts
from models.learning.answering import numbered, surprise
from models.metrics import writing
from models.metrics.bleu import distinct, grams, tokens
from models.metrics.subject import Subject, row
from models.metrics.text_judge import judge

LOOKED_AT = 300
WAYS = 4  # seeds that answer the same text with the latent in full
ORDER = 4


def rows(subject: Subject) -> list[dict]:
    """All of it on a fixed draw of the test split."""
    data = load_texts(subject.data, "test")
    pairs = data.pairs()
    order = np.random.RandomState(0).permutation(len(pairs))[:LOOKED_AT].tolist()
    chosen = [pairs[i] for i in order]
    known: dict[str, list[list[str]]] = {}
    for heard, text in pairs:
        known.setdefault(heard, []).append(tokens(text))
    references = [known[heard] for heard, _ in chosen]
    made = [_answer(subject, heard) for heard, _ in chosen]
    remembered = _memory(subject, [heard for heard, _ in chosen])
    facts = {"texts": len(chosen)}
    found = surprise(subject.network, numbered(data, subject.network.vocabulary, 60))
    few = [[tokens(_answer(subject, heard, seed, stray=1.0)) for seed in range(WAYS)]
           for heard, _ in chosen[:50]]  # fmt: skip
    return [
        row(subject, "answers: BLEU-4", corpus_bleu(list(map(tokens, made)), references), "",
            "higher", baseline=corpus_bleu(list(map(tokens, remembered)), references),
            ceiling=1.0, **facts),
        row(subject, "nats an answer", found["nats"], "nats", "lower", texts=len(pairs)),
        row(subject, "nats in the latents", found["latents"], "nats", "higher", texts=len(pairs)),
        row(subject, "pairs of words that differ between seeds",
            float(np.mean([distinct(ways, 2) for ways in few])), "share", "higher",
            floor=1 / WAYS, texts=len(few)),
        *_intents(subject, data, order, made, remembered),
        *writing.speed(subject),
    ]  # fmt: skip


def corpus_bleu(made: Sequence[list[str]], references: Sequence[list[list[str]]]) -> float:
    """BLEU-4 of all texts together, each with one or more references; 0 where nothing matches."""
    matches, total = [0] * ORDER, [0] * ORDER
    length = wanted = 0
    for text, known in zip(made, references, strict=True):
        length += len(text)
        wanted += min((len(one) for one in known), key=lambda n: (abs(n - len(text)), n))
        for n in range(1, ORDER + 1):
            most: Counter = Counter()
            for one in known:
                most |= grams(one, n)
            own = grams(text, n)
            matches[n - 1] += sum((own & most).values())
            total[n - 1] += sum(own.values())
    if not all(matches):
        return 0.0
    brevity = min(0.0, 1 - wanted / length)
    logs = (math.log(a / b) for a, b in zip(matches, total, strict=True))
    return math.exp(brevity + sum(logs) / ORDER)


def _answer(subject: Subject, heard: str, seed: int = 0, **controls) -> str:
    asked = default_asked(subject.family, subject.config, seed, heard=heard[:300], **controls)
    return writing.written(subject, asked).text.lower()


def _memory(subject: Subject, heard: Sequence[str]) -> list[str]:
    """No network: the answer of the training text that shares the rarest words."""
    pairs = load_texts(subject.data).pairs()
    said = {text.strip(): answer for text, answer in reversed(pairs)}
    kin = Kin(list(said))
    usual = Counter(answer for _, answer in pairs).most_common(1)[0][0]
    nearest = (kin.nearest(text) for text in heard)
    return [said.get(found[0].found, usual) if found else usual for found in nearest]


def _intents(subject: Subject, data: TextSet, order, made, remembered) -> list[dict]:
    """How often a judge that learned from real replies reads the question's own intent."""
    if "intent" not in data.labels:
        return []
    reads, right, names = judge(subject.data, "intent")
    wanted = data.labels["intent"][order]
    shares = [float(np.mean(reads(texts) == wanted)) for texts in (made, remembered)]
    return [
        row(subject, "recognised: intent", shares[0], "share", "higher", ceiling=right,
            baseline=shares[1], floor=1 / len(names), texts=len(wanted))
    ]  # fmt: skip
