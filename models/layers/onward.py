"""What networks share that make a short sound step by step: kinds that may be wished for, the
spectrum they are drawn with, and how a finished sound is played."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from models.family import Asked
from models.layers.conditions import DRAWN, Conditions
from models.layers.sound_controls import played
from models.layers.spectrum import Spectrum
from models.values import Sound


class Onward(nn.Module):
    """A subclass makes sounds (n, samples) with `sounds(chance, wishes, asked)`."""

    def __init__(self, config):
        super().__init__()
        self.conditions = Conditions(config)
        self.spectrum = Spectrum(
            config.rate, config.window, config.hop, config.bands, config.frames
        )

    def settle(self, sounds: np.ndarray, labels: torch.Tensor) -> None:
        """Before it learns: which kinds there are in training sounds (n, samples)."""
        self.conditions.remember(labels)

    def sounds(self, chance, wishes: torch.Tensor, asked: Sequence[Asked]) -> torch.Tensor:
        """chance (n, numbers) standard normal, wishes (n, wide) -> (n, samples)"""
        raise NotImplementedError

    def answer(self, noise: torch.Tensor, asked: Sequence[Asked]) -> list[Sound]:
        """noise (n, numbers + DRAWN) and what was asked -> sounds"""
        wishes = self.conditions.wishes(noise[:, -DRAWN:], asked)
        made = self.sounds(noise[:, :-DRAWN], wishes, asked)
        made = played(made, self.spectrum.rate, asked).cpu().numpy()
        return [Sound(samples, self.spectrum.rate) for samples in made]
