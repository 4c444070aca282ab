"""Unpaired translation: does it look like the target domain, is the content kept, does it return?

Every direction: points of the eye (see features.py) of translated held-out pictures against
held-out pictures of the target. Floor: as many real training pictures of the target. Baseline: the
held-out source pictures as they are.
"""

from __future__ import annotations

import numpy as np
import torch

from models.answer import answer, default_asked, to_bytes
from models.metrics.content import sobel_cosine
from models.metrics.eye import KERNEL_UNIT
from models.metrics.features import Scale, look
from models.metrics.frechet import frechet
from models.metrics.kernel import kernel_distance
from models.metrics.subject import Subject, row
from models.registry import judge
from models.weights import load_network

OTHER = {"there": "back", "back": "there"}


def rows(subject: Subject) -> list[dict]:
    """Four rows for each direction, named after where it leads."""
    card = judge("eye")
    eye = load_network(card)
    source, target = subject.config.source, subject.config.target
    found = []
    for direction, a, b in (("there", source, target), ("back", target, source)):
        given, real = _domain(subject, "test", a), _domain(subject, "test", b)
        train = _domain(subject, "train", b)
        train = train[np.random.RandomState(0).permutation(len(train))]
        made = translated(subject, given, direction)
        again = translated(subject, made, OTHER[direction])
        known = look(eye, train).pooled
        scale = Scale.of(known)
        wanted = scale.points(look(eye, real).pooled)
        sets = {
            "value": scale.points(look(eye, made).pooled),
            "floor": scale.points(known[: len(real)]),
            "baseline": scale.points(look(eye, given).pooled),
        }
        kds = {name: kernel_distance(wanted, points) for name, points in sets.items()}
        kept = sobel_cosine(_floats(given), _floats(made)).mean().item()
        off = np.abs(again.astype(int) - given).mean()
        names = f"{a} to {b}", f"{a} 到 {b}"

        def line(en, zh, value, unit, better, names=names, given=given, **more) -> dict:
            words = {"en": f"{en}, {names[0]}", "zh": f"{zh}:{names[1]}"}
            more = {"label": words, "samples": len(given), "eye": card.revision, **more}
            return row(subject, words["en"], value, unit, better, **more)

        fds = {name: frechet(wanted, points) for name, points in sets.items()}
        kd = {name: value * KERNEL_UNIT for name, (value, _) in kds.items()}
        found += [
            line("KD-eye", "KD-eye", unit="1/1000", better="lower",
                 error=kds["value"][1] * KERNEL_UNIT, **kd),
            line("FD-eye", "FD-eye", unit="", better="lower", **fds),
            line("edges kept", "保留的边缘", kept, "cosine", "higher", ceiling=1.0),
            line("there and back", "往返误差", float(off), "of 255", "lower", floor=0.0),
        ]  # fmt: skip
    return found


def translated(subject: Subject, pictures: np.ndarray, direction: str) -> np.ndarray:
    """uint8 (n, 3, h, w) -> the same, every control but the direction at its default."""
    made = []
    with torch.inference_mode():
        for picture in pictures:
            asked = default_asked(subject.family, subject.config, 0, direction=direction)
            asked = asked._replace(inputs={"picture": picture.transpose(1, 2, 0)})
            found = answer(subject.network, subject.family, subject.config, [asked])
            made.append(to_bytes(found[0][None])[0])
    return np.stack(made)


def _domain(subject: Subject, split: str, name: str) -> np.ndarray:
    found = subject.real(split)
    column, names = next(iter(found.names.items()))
    return found.pictures[found.labels[column] == names.index(name)]


def _floats(pictures: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(pictures).float() / 127.5 - 1
