"""The protocol of the text-GAN literature: BLEU-2 to 5 against the test file, self-BLEU, NLL-gen,
and whether the critic beat what a plain temperature does to the same writer before it.

BLEU as Texygen computes it (Zhu and others, SIGIR 2018), all test sentences as references. Quality
alone can be bought with variety by writing colder (Caccia and others, "Language GANs Falling
Short", ICLR 2020, arXiv 1811.02549), hence the curve over temperatures.
"""

from __future__ import annotations

import numpy as np
import torch

from models.data.texts import load_texts
from models.learning.language import nats
from models.metrics.bleu import References, mean_bleu, self_bleu, tokens
from models.metrics.subject import Subject, row
from models.words.textgan.network import drawn

SAMPLES = 1000
TEMPERATURES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25)
LONGEST = 40
PLACES = 37  # the literature's NLL-gen is a mean over so many places, mostly padding
# BLEU-2 to 5 and NLL-gen as printed in RelGAN (Nie, Narodytska, Patel, ICLR 2019, table 2).
PUBLISHED = {
    "MLE": (0.731, 0.497, 0.305, 0.189, 0.718),
    "SeqGAN": (0.745, 0.498, 0.294, 0.180, 1.082),
    "RankGAN": (0.743, 0.467, 0.264, 0.156, 1.344),
    "LeakGAN": (0.746, 0.528, 0.355, 0.230, 0.679),
    "RelGAN": (0.849, 0.687, 0.502, 0.331, 0.756),
}


def rows(subject: Subject) -> list[dict]:
    """All of it; published figures stand in the row's `published`."""
    network, training = subject.network, load_texts(subject.data).texts
    test = load_texts(subject.data, "test").texts
    references = References([tokens(text) for text in test])
    order = np.random.RandomState(1).permutation(len(training))[:SAMPLES]
    real = Point(references, [tokens(training[i]) for i in order])
    before = {t: _point(network, network.before, references, t) for t in TEMPERATURES}
    after = {t: _point(network, network, references, t) for t in TEMPERATURES}
    facts, ours, plain = {"samples": SAMPLES}, after[1.0], before[1.0]
    found = []
    for n in (2, 3, 4, 5):
        printed = {name: figures[n - 2] for name, figures in PUBLISHED.items()}
        found.append(
            row(subject, f"test file: BLEU-{n}", ours.bleu[n - 1], "", "higher",
                ceiling=real.bleu[n - 1], baseline=plain.bleu[n - 1], published=printed, **facts)
        )  # fmt: skip
    for n in (2, 3, 4, 5):
        found.append(
            row(subject, f"1000 samples: self-BLEU-{n}", ours.own[n - 1], "", "lower",
                floor=real.own[n - 1], baseline=plain.own[n - 1], **facts)
        )  # fmt: skip
    numbers = [network.vocabulary.encode(text) for text in test]
    ours_nats, plain_nats = (nats(n, numbers)["a_text"] for n in (network, network.before))
    printed = {name: figures[4] for name, figures in PUBLISHED.items()}
    found.append(
        row(subject, "NLL-gen", ours_nats / PLACES, "nats a place", "lower",
            baseline=plain_nats / PLACES, published=printed, texts=len(test))
    )  # fmt: skip
    found.append(
        row(subject, "BLEU-3 above the curve", above(ours, before.values()), "", "higher",
            curve=_drawn(before), after=_drawn(after), real=real.spot(), **facts)
    )  # fmt: skip
    return found


class Point:
    """BLEU and self-BLEU, 1 to 5, of some texts."""

    def __init__(self, references: References, texts: list[list[str]]) -> None:
        self.bleu, self.own = mean_bleu(texts, references), self_bleu(texts)

    def spot(self) -> list[float]:
        """[self-BLEU-3, BLEU-3]"""
        return [round(self.own[2], 4), round(self.bleu[2], 4)]


def above(point: Point, curve) -> float:
    """BLEU-3 less that of the curve at the same self-BLEU-3; its ends go on level."""
    spots = sorted(p.spot() for p in curve)
    return point.bleu[2] - float(np.interp(point.own[2], *zip(*spots, strict=True)))


def _drawn(points: dict[float, Point]) -> list[list[float]]:
    return [[temperature, *point.spot()] for temperature, point in points.items()]


def _point(network, writer, references: References, temperature: float) -> Point:
    seeded = torch.Generator().manual_seed(0)
    numbers = drawn(writer, SAMPLES, LONGEST, temperature, seeded)
    return Point(references, [tokens(network.vocabulary.decode(one)) for one in numbers.tolist()])
