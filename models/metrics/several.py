"""Several styles: does each look like itself, and is the content still readable?

Six contents that were not learned from, in each style, at 128 px, against the average manner of
that style's works. Baseline: the contents as they are.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import torch

from models.data import load_pictures
from models.metrics.content import sobel_cosine
from models.metrics.subject import Subject, row
from models.registry import judge
from models.style.losses import Manner, manner_of, style_loss
from models.style.painting import padded
from models.style.several.lesson import manners
from models.weights import load_network

SIDE = 128
CONTENTS = 6


def rows(subject: Subject) -> list[dict]:
    """Style loss, how often the asked style is the nearest, and edges kept."""
    card = judge("eye")
    eye = load_network(card).to(memory_format=torch.channels_last)
    recipe, count = subject.family.Recipe(), len(subject.config.styles)
    wanted = manners(subject.data, subject.config, recipe, eye, "cpu")
    found = load_pictures(recipe.contents, SIDE, "validation").pictures
    chosen = np.linspace(0, len(found) - 1, CONTENTS).round().astype(int)
    x = torch.from_numpy(found[chosen]).float() / 127.5 - 1
    apart, before, kept = [], [], []
    with torch.inference_mode():
        plain = _apart(eye, x, wanted)
        for style in range(count):
            shares = torch.eye(count)[style].expand(len(x), -1)
            turn = partial(_turn, subject.network, shares)
            made = padded(turn, x, subject.network).clamp(-1, 1)
            apart.append(_apart(eye, made, wanted))
            before.append(plain[:, style])
            kept.append(sobel_cosine(x, made))
    losses = torch.stack(apart)  # (asked, contents, compared)
    own = losses.diagonal(dim1=0, dim2=2)
    right = (losses.argmin(2) == torch.arange(count)[:, None]).float().mean().item()
    facts = {"samples": count * len(x), "eye": card.revision}

    def line(en: str, zh: str, value: float, unit: str, better: str, **more) -> dict:
        return row(subject, en, value, unit, better, label={"en": en, "zh": zh}, **more)

    return [
        line("style loss, unseen contents", "风格损失(未见过的内容)", own.mean().item(), "",
             "lower", baseline=torch.stack(before).mean().item(), **facts),
        line("asked style is the nearest", "所选风格最接近的比例", 100 * right, "%", "higher",
             baseline=100 / count, **facts),
        line("edges kept", "保留的边缘", torch.cat(kept).mean().item(), "cosine", "higher",
             ceiling=1.0, samples=count * len(x)),
    ]  # fmt: skip


def _turn(network: torch.nn.Module, shares: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    return network(x, shares)


def _apart(eye: torch.nn.Module, x: torch.Tensor, wanted: Manner) -> torch.Tensor:
    """(n, styles) style losses of every picture against every style."""
    seen = manner_of(x, eye.features(x))
    count = len(wanted.colour)
    return torch.stack(
        [
            torch.stack(
                [style_loss(seen.rows(torch.tensor([i])), wanted.rows(torch.tensor([j])))
                 for j in range(count)]
            )
            for i in range(len(x))
        ]
    )  # fmt: skip
