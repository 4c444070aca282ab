"""Sounds and their labels for families that go on step by step."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from models.answer import answer, default_asked, to_bytes
from models.data.sounds import load_sounds
from models.layers.sound_config import fitted
from models.learning.hearing import at_speed
from models.learning.sheet import grid

HELD = 32  # held-out sounds that decide which average is published
SHOWN = 8


class OnwardLessons:
    """A network `reads` sounds (n, samples) into what it learns from, (n, steps, ...)."""

    def __init__(self, family, config, data: str):
        train = load_sounds(data, "train")
        self.family, self.config = family, fitted(config, train)
        self.labels = self._labels(train)
        count = self.config.frames * self.config.hop
        self.sounds = at_speed(train.sounds, 1.0, count)
        try:
            few = load_sounds(data, "validation")
        except ValueError:  # a small folder has none to spare
            few = train
        index = np.linspace(0, len(few) - 1, min(HELD, len(few))).round().astype(int)
        self.few = at_speed(few.sounds[index], 1.0, count), self._labels(few)[index]

    def _labels(self, data) -> torch.Tensor:
        columns = list(data.labels.values())
        rows = np.stack(columns, 1) if columns else np.zeros((len(data), 0), np.int64)
        return torch.from_numpy(rows)

    def begin(self, network: torch.nn.Module) -> None:
        """What has to be known before the first step: how sounds are read."""
        network.settle(self.sounds, self.labels)
        self.read = network.read(self.sounds)
        self.held_out = network.read(self.few[0]), self.few[1]

    def draw(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        index = torch.randint(len(self.read), (count,))
        return self.read[index], self.labels[index]

    def held(self) -> tuple[torch.Tensor, torch.Tensor]:
        return self.held_out

    def settle(self, network: torch.nn.Module) -> None:
        """Nothing changes while it learns."""

    def pictures(self, network: torch.nn.Module) -> Image.Image:
        """A row of real sounds as spectrograms, and below it a sound of each of their kinds."""
        asked = []
        for seed, row in enumerate(self.few[1][:SHOWN].tolist()):
            parts = zip(self.config.conditions, self.config.names, row, strict=True)
            wanted = {column: names[i] for column, names, i in parts}
            asked.append(default_asked(self.family, self.config, seed, **wanted))
        made = np.stack([s.samples for s in answer(network, self.family, self.config, asked)])
        heard = torch.from_numpy(np.concatenate([self.few[0][:SHOWN], made]))
        return grid(to_bytes(network.spectrum.analyse(heard).flip(2)))
