"""A reader of labels that tells a conditional generator what it failed to show.

A critic names conditions too, but learns to while everything else moves, and two skins whose
outlines differ by a shade stay one to it. This one is taught first, by real training pictures
alone, and is frozen then (after Odena, Olah, Shlens, "Conditional Image Synthesis with Auxiliary
Classifier GANs", 2017, arXiv 1610.09585). It is built like the judge that measures, but is not it:
other sizes, other draws.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import torch
import torch.nn.functional as F
from torch import nn

from models.judges.classifier.family import Config, Recipe
from models.judges.classifier.network import LabelReader
from models.judges.views import crops

STUDY = 200_000  # real pictures that it is shown
LESSON = Recipe()  # as the judge of labels learns
HIDDEN = 160  # the judge has 96


class Reader(nn.Module):
    """For pictures (n, channels, size, size) in -1..1 and labels (n, conditions).

    `mixed()` is the precision that a job computes in.
    """

    def __init__(self, config, mixed: Callable[[], AbstractContextManager]) -> None:
        super().__init__()
        self.mixed = mixed
        classes = tuple(map(len, config.names))
        self.network = LabelReader(
            Config(config.size, config.channels, hidden=HIDDEN, names=config.conditions,
                   classes=classes)
        )  # fmt: skip
        self.register_buffer("shown", torch.zeros((), dtype=torch.int64))
        self.to(memory_format=torch.channels_last)
        self.learns = torch.optim.AdamW(
            self.network.parameters(), LESSON.rate, weight_decay=LESSON.decay
        )

    @property
    def studies(self) -> bool:
        """Whether it still has to learn before it may say anything."""
        return int(self.shown) < STUDY

    def learn(self, real: torch.Tensor, labels: torch.Tensor) -> float:
        """One step on real pictures; gives what it still reads wrong, in nats a condition."""
        self.network.train().requires_grad_(True)
        for group in self.learns.param_groups:
            group["lr"] = LESSON.rate * max(1 - int(self.shown) / STUDY, 0.02)
        views = crops(real, real.shape[-1], LESSON.smallest, flip=False, turn=0.1)
        wrong = self._wrong(views, labels, LESSON.smoothing)
        self.learns.zero_grad(set_to_none=True)
        wrong.backward()
        self.learns.step()
        self.shown += len(real)
        return wrong.item()

    def misread(self, made: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Nats a condition by which it reads something else from pictures that were made."""
        self.network.eval().requires_grad_(False)
        return self._wrong(made, labels)

    def _wrong(self, x: torch.Tensor, labels: torch.Tensor, smoothing: float = 0.0):
        x = x + LESSON.noise * torch.randn_like(x)
        ground = torch.rand(len(x), 1, 1, 1, device=x.device) * 2 - 1
        with self.mixed():
            scores = self.network(x, ground)
        return sum(
            F.cross_entropy(s.float(), labels[:, i], label_smoothing=smoothing)
            for i, s in enumerate(scores)
        ) / len(scores)
