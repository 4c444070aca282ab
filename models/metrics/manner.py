"""Any style: is the manner taken, is the content readable, and what would optimisation reach?

Twelve style pictures that were not learned from, each on six such contents, at 128 px. Baseline:
the content as it is. Beside it 300 steps of optimisation, on a few of the pairs.
"""

from __future__ import annotations

import time

import numpy as np
import torch

from models.data import load_pictures
from models.metrics.content import sobel_cosine
from models.metrics.subject import Subject, row
from models.registry import judge
from models.style.losses import manner_of, style_loss
from models.style.optimised import optimised
from models.style.painting import padded
from models.weights import load_network

SIDE = 128
STYLES, CONTENTS = 12, 6
PAIRS = 4  # that are optimised too
STEPS = 300


def rows(subject: Subject) -> list[dict]:
    """Style loss, edges kept, and how many times faster one pass is."""
    card = judge("eye")
    eye = load_network(card).to(memory_format=torch.channels_last)
    contents, styles = held_out(subject)
    each = [(c, s) for s in range(len(styles)) for c in range(len(contents))]
    x = contents[[c for c, _ in each]]
    wanted = styles[[s for _, s in each]]
    with torch.inference_mode():
        known = subject.network.style(wanted)
        network = subject.network
        made = padded(lambda y: network(y, known), x, network).clamp(-1, 1)
        value, baseline = (_loss(eye, y, wanted) for y in (made, x))
        some = np.linspace(0, len(each) - 1, PAIRS).round().astype(int)
        begun = time.perf_counter()
        for i in some:
            one = network.style(wanted[[i]])
            padded(lambda y, one=one: network(y, one), x[[i]], network)
        ours = time.perf_counter() - begun
    begun = time.perf_counter()
    best = optimised(eye, x[some], wanted[some], STEPS, subject.family.Recipe())
    theirs = time.perf_counter() - begun
    reached = _loss(eye, best, wanted[some]).mean().item()
    kept = sobel_cosine(x, made).mean().item()
    facts = {"samples": len(each), "eye": card.revision}

    def line(en: str, zh: str, found: float, unit: str, better: str, **more) -> dict:
        return row(subject, en, found, unit, better, label={"en": en, "zh": zh}, **more)

    return [
        line("style loss, unseen styles and contents", "风格损失(未见过的风格和内容)",
             value.mean().item(), "", "lower", baseline=baseline.mean().item(), **facts),
        line(f"style loss against {STEPS} steps of optimisation",
             f"风格损失与 {STEPS} 步优化之比", value[some].mean().item() / reached, "times",
             "lower", floor=1.0, baseline=baseline[some].mean().item() / reached, samples=PAIRS,
             eye=card.revision),
        line(f"faster than {STEPS} steps of optimisation", f"比 {STEPS} 步优化快的倍数",
             theirs / ours, "times", "higher", samples=PAIRS),
        line("edges kept", "保留的边缘", kept, "cosine", "higher", ceiling=1.0, samples=len(each)),
    ]  # fmt: skip


def held_out(subject: Subject) -> tuple[torch.Tensor, torch.Tensor]:
    """Contents (6, 3, 128, 128) and styles (12, 3, 128, 128) in -1..1 that nothing learned from."""
    recipe = subject.family.Recipe()
    contents = load_pictures(recipe.contents, SIDE, "validation").pictures
    own = load_pictures(subject.data, SIDE, "test").pictures
    also = [_paintings(name) for name, _, _ in recipe.also]
    also = [p[:: max(len(p) // STYLES, 1)] for p in also]
    mixed = [picture for group in zip(*also, strict=False) for picture in group]
    styles = np.stack([*own, *mixed][:STYLES])
    chosen = np.linspace(0, len(contents) - 1, CONTENTS).round().astype(int)
    return _floats(contents[chosen]), _floats(styles)


def _paintings(name: str) -> np.ndarray:
    """Held-out pictures of a set, without photographs and sketches."""
    found = load_pictures(name, SIDE, "test")
    if not found.names:
        return found.pictures
    column, names = next(iter(found.names.items()))
    kept = [i for i, n in enumerate(names) if n != "photo" and "sketch" not in n]
    return found.pictures[np.isin(found.labels[column], kept)]


def _loss(eye, made: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """(n,) style losses, picture by picture."""
    with torch.inference_mode():
        pairs = zip(made.split(1), wanted.split(1), strict=True)
        manners = [[manner_of(x, eye.features(x)) for x in pair] for pair in pairs]
        return torch.stack([style_loss(*both) for both in manners])


def _floats(pictures: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(pictures).float() / 127.5 - 1
