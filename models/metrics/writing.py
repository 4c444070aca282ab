"""What all writers are asked: how their samples read beside real texts, and how fast they come."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import torch

from models.answer import answer, default_asked
from models.data.texts import load_texts
from models.metrics.bleu import References, distinct, mean_bleu, self_bleu, tokens
from models.metrics.subject import Subject, row
from models.values import Text

SAMPLES = 200
READ = 50  # tokens that are compared: a story is judged by its beginning


def samples(subject: Subject, count: int, **controls: Any) -> list[Text]:
    """Texts of the seeds from 0, at temperature 1 unless told otherwise."""
    return [samples_one(subject, seed, **{"temperature": 1.0, **controls}) for seed in range(count)]


def samples_one(subject: Subject, seed: int, **controls: Any) -> Text:
    """The text of one seed, other controls at their defaults."""
    return written(subject, default_asked(subject.family, subject.config, seed, **controls))


def written(subject: Subject, asked) -> Text:
    """The whole text of one request."""
    with torch.inference_mode():
        *_, (_, texts) = answer(subject.network, subject.family, subject.config, [asked])
    return texts[0]


def held_out_texts(subject: Subject) -> list[str]:
    """A fixed draw of test texts."""
    texts = load_texts(subject.data, "test").texts
    order = np.random.RandomState(0).permutation(len(texts))[:2000]
    return [texts[i] for i in order]


def rows(subject: Subject) -> list[dict]:
    """BLEU against held-out texts, self-BLEU and distinct pairs, real texts beside; speed."""
    real = [tokens(text)[:READ] for text in held_out_texts(subject)]
    if len(real) < 40:  # a play is one text: nothing to compare sentence by sentence
        return [*speed(subject)]
    made = [tokens(t.text)[:READ] for t in samples(subject, SAMPLES, length=60)]
    others = [tokens(text)[:READ] for text in _training(subject, SAMPLES)]
    references = References(real)
    ours, theirs = mean_bleu(made, references), mean_bleu(others, references)
    own, real_own = self_bleu(made), self_bleu(others)
    facts = {"samples": len(made)}
    found = []
    for n in (2, 3, 4):
        name = f"likeness: BLEU-{n}"
        found.append(row(subject, name, ours[n - 1], "", "higher", ceiling=theirs[n - 1], **facts))
    found.append(row(subject, "self-BLEU-3", own[2], "", "lower", floor=real_own[2], **facts))
    found.append(
        row(subject, "distinct pairs of words", distinct(made, 2), "share", "higher",
            ceiling=distinct(others, 2), **facts)
    )  # fmt: skip
    return [*found, copied(subject, made, real), *made_up(subject, made, real), *speed(subject)]


def made_up(subject: Subject, made: list, held: list) -> list[dict]:
    """Which share of the words stands in no training text; real unseen texts beside, and samples
    that are not held to known words."""
    if not subject.network.vocabulary.spaced:
        return []
    known = {word for text in load_texts(subject.data).texts for word in tokens(text)}

    def share(texts: list) -> float:
        words = [word for text in texts for word in text if word[:1].isalpha()]
        return float(np.mean([word not in known for word in words])) if words else 0.0

    facts = {"floor": share(held), "samples": len(made)}
    found = [row(subject, "made-up words", share(made), "share", "lower", **facts)]
    if any(c.name == "known" for c in subject.family.controls(subject.config)):
        free = [tokens(t.text)[:READ] for t in samples(subject, SAMPLES, length=60, known=False)]
        name = "made-up words, not held to known ones"
        found.append(row(subject, name, share(free), "share", "lower", **facts))
    return found


def copied(subject: Subject, made: list, held: list) -> dict:
    """Whether samples are training texts word for word; real unseen texts beside."""
    known = {tuple(tokens(text)[:READ]) for text in load_texts(subject.data).texts}
    shares = [float(np.mean([tuple(text) in known for text in texts])) for texts in (made, held)]
    return row(subject, "word for word in the training texts", shares[0], "share", "lower",
               floor=shares[1], samples=len(made))  # fmt: skip


def _training(subject: Subject, count: int) -> list[str]:
    texts = load_texts(subject.data).texts
    order = np.random.RandomState(1).permutation(len(texts))[:count]
    return [texts[i] for i in order]


def speed(subject: Subject) -> list[dict]:
    """Pieces a second of one text, batch 1, in float32 on the CPU."""
    most = max(c.high for c in subject.family.controls(subject.config) if c.name == "length")
    asked = default_asked(subject.family, subject.config, 1, temperature=1.0, length=most)
    written(subject, asked)
    begun, pieces = time.perf_counter(), 0
    while time.perf_counter() - begun < 3:
        pieces += len(written(subject, asked._replace(seed=pieces)).tokens)
    rate = pieces / (time.perf_counter() - begun)
    return [row(subject, "speed", rate, "pieces/s", "higher", threads=torch.get_num_threads())]
