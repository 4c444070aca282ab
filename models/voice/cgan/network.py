"""Generator and critic of short sounds, both over the coefficients of a spectrogram."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.critic import EqualLinear
from models.layers.player import KindPlayer
from models.layers.sound_basis import Kinds


class SoundGenerator(KindPlayer):
    """(n, latent) standard normal and wishes -> coefficients (n, basis).

    It begins as the Gaussian of every kind; the layers beside it learn how real sounds differ.
    """

    def __init__(self, config):
        super().__init__(config)
        self.kinds = Kinds(config, config.basis)
        wide = config.latent + self.kinds.conditions.wide
        self.mix = EqualLinear(wide, config.width)
        self.refine = EqualLinear(config.width, config.width)
        self.tell = EqualLinear(config.width, config.basis)
        with torch.no_grad():  # a whole random layer would blur the Gaussian for 300 steps
            self.tell.weight.mul_(0.1)

    def forward(self, z: torch.Tensor, wishes: torch.Tensor) -> torch.Tensor:
        """z (n, latent), wishes (n, wide) -> (n, basis)"""
        # A wish has few ones among many zeros: this gives it the power of the latent.
        loud = wishes * math.sqrt(wishes.shape[1] / max(len(self.kinds.conditions.sizes), 1))
        x = F.leaky_relu(self.mix(torch.cat([z, loud], 1)), 0.2) * math.sqrt(2)
        x = F.leaky_relu(self.refine(x), 0.2) * math.sqrt(2)
        return self.kinds(z, wishes) + 0.3 * self.tell(x)  # at first the Gaussian


class SoundCritic(nn.Module):
    """Coefficients (n, basis) in units of their power and labels -> (n,) scores.

    It is told each condition and, where the configuration says `paired`, their combination: who
    knows sixes and knows a speaker does not know yet how that one says six.
    """

    def __init__(self, config):
        super().__init__()
        width = config.width
        self.sizes = [len(values) for values in config.names]
        self.paired = config.paired
        self.first = EqualLinear(config.basis, width)
        self.second = EqualLinear(width, width)
        self.last = EqualLinear(width + 1, width)
        self.score = EqualLinear(width, 1)
        told = [*self.sizes, math.prod(self.sizes)] if self.paired else self.sizes
        self.meanings = nn.ModuleList(nn.Embedding(k, width) for k in told)

    def forward(self, x: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """x (n, basis), labels (n, conditions) -> (n,)"""
        x = F.leaky_relu(self.first(x), 0.2) * math.sqrt(2)
        x = F.leaky_relu(self.second(x), 0.2) * math.sqrt(2)
        varied = x.view(4, -1, x.shape[1]).var(0, unbiased=False).add(1e-8).sqrt().mean(1)
        x = torch.cat([x, varied.repeat(4)[:, None]], 1)  # how much four sounds differ
        x = F.leaky_relu(self.last(x), 0.2) * math.sqrt(2)
        score = self.score(x).squeeze(1)
        for column, meaning in zip(self._told(labels), self.meanings, strict=True):
            score = score + (meaning(column) * x).sum(1) / math.sqrt(x.shape[1])
        return score

    def _told(self, labels: torch.Tensor) -> list[torch.Tensor]:
        """The numbers of every condition, and of their combination."""
        columns = list(labels.unbind(1))
        if self.paired:
            both = torch.zeros_like(labels[:, 0])
            for column, size in zip(columns, self.sizes, strict=True):
                both = both * size + column
            columns.append(both)
        return columns
