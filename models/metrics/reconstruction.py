"""Does a person's own picture come back? Held-out pictures go in, the eye looks for each one."""

from __future__ import annotations

import numpy as np
import torch

from models.answer import answer, default_asked, to_bytes
from models.metrics.features import look
from models.metrics.precision_recall import distances
from models.metrics.subject import Subject, row
from models.registry import judge
from models.weights import load_network

MOST = 500
NEARER_THAN = 0.9  # of the other pictures: what counts as recognisable


def rows(subject: Subject) -> list[dict]:
    """How often the answer is nearer to its source than to most of the other held-out pictures."""
    if not any(t.kind == "picture" for t in subject.family.takes):
        return []
    card = judge("eye")
    eye = load_network(card)
    real = subject.real("test").pictures[:MOST]
    gaps = distances(look(eye, returned(subject, real)).layout, look(eye, real).layout)
    own = np.diag(gaps)
    others = (gaps > own[:, None]).sum(1) / (len(real) - 1)
    facts = {"samples": len(real), "eye": card.revision}
    return [
        row(subject, "own picture comes back", float((others >= NEARER_THAN).mean()), "share",
            "higher", ceiling=1.0, baseline=1 - NEARER_THAN, **facts),
        row(subject, "own picture nearest of all", float((others == 1).mean()), "share", "higher",
            ceiling=1.0, baseline=1 / len(real), **facts),
        row(subject, "eye distance to own picture", float(own.mean()), "", "lower", floor=0.0,
            baseline=float(gaps.mean()), **facts),
    ]  # fmt: skip


def returned(subject: Subject, real: np.ndarray) -> np.ndarray:
    """uint8 pictures (n, c, h, w) through the model with every control at its default."""
    name = next(t.name for t in subject.family.takes if t.kind == "picture")
    made = []
    with torch.inference_mode():
        for part in np.array_split(real, -(-len(real) // 50)):
            asked = [
                default_asked(subject.family, subject.config, seed=0)._replace(
                    inputs={name: np.ascontiguousarray(picture.transpose(1, 2, 0))}
                )
                for picture in part
            ]
            made.append(to_bytes(answer(subject.network, subject.family, subject.config, asked)))
    return np.concatenate(made)
