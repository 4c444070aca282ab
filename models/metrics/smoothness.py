"""Do sliders move a picture evenly? Eye distance from step to step along each direction."""

from __future__ import annotations

import numpy as np
import torch

from models.answer import answer, default_asked, to_bytes
from models.family import Slider
from models.metrics.features import look
from models.metrics.subject import Subject, row
from models.registry import judge
from models.weights import load_network

STEPS = 20
SEEDS = 8
SLIDERS = 8
UNSEEN = 1e-4  # eye distance of pictures that are equal but for the rounding of a batch


def rows(subject: Subject) -> list[dict]:
    """Largest step over mean step of the worst of the first eight direction sliders."""
    controls = subject.family.controls(subject.config)
    sliders = [c for c in controls if isinstance(c, Slider) and c.group == "directions"][:SLIDERS]
    if not sliders:
        return []
    card = judge("eye")
    eye = load_network(card)
    jumps = [jump(subject, eye, slider) for slider in sliders]
    return [
        row(subject, "largest step along a slider", max(jumps), "mean steps", "lower", floor=1.0,
            samples=SEEDS * (STEPS + 1) * len(sliders), eye=card.revision)
    ]  # fmt: skip


def jump(subject: Subject, eye: torch.nn.Module, slider: Slider) -> float:
    """Largest of 20 eye distances over their mean; the mean over eight seeds."""
    places = np.linspace(slider.low, slider.high, STEPS + 1)
    found = []
    for seed in range(SEEDS):
        asked = [
            default_asked(subject.family, subject.config, seed, **{slider.name: float(place)})
            for place in places
        ]
        with torch.inference_mode():
            made = to_bytes(answer(subject.network, subject.family, subject.config, asked))
        steps = np.linalg.norm(np.diff(look(eye, made).layout.astype(np.float64), axis=0), axis=1)
        found.append(steps.max() / max(steps.mean(), UNSEEN))
    return float(np.mean(found))
