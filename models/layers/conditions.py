"""Conditions as a network sees them: soft one-hot vectors, blended along a walk."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from models.family import Asked
from models.layers.labels import SEED
from models.layers.walk import corners, normal

CORNERS = 8  # four around the place of the seed, four around the second seed's
DRAWN = 2 * CORNERS  # numbers of noise that `Conditions` needs: (weight, chance) of each corner
ADDRESS = 9001  # of the chance that picks a row: apart from the latent's numbers


def drawn(asked: Asked) -> np.ndarray:
    """(DRAWN,) float32: weight and chance in 0..1 of each seed around the request's spot."""
    numbers = np.zeros((CORNERS, 2), np.float32)
    share, i = asked.controls["between"], 0
    for seed, part in ((asked.seed, 1 - share), (int(asked.controls["toward"]), share)):
        for address, weight in corners(asked.controls["place"]) if part else ():
            chance = normal(seed, *address, ADDRESS, size=1)[0]
            numbers[i] = weight * part, 0.5 * (1 + math.erf(chance / math.sqrt(2)))
            i += 1
    return numbers.ravel()


class Conditions(nn.Module):
    """`rows` are label rows of real pictures: which conditions occur together."""

    def __init__(self, config):
        super().__init__()
        self.conditions, self.names, self.blended = config.conditions, config.names, config.blended
        self.sizes = [len(values) for values in config.names]
        rows = torch.arange(config.rows)[:, None] % torch.tensor(self.sizes or [1])
        self.register_buffer("rows", rows[:, : len(self.sizes)].to(torch.uint8))

    @property
    def wide(self) -> int:
        """Length of a wish."""
        return sum(self.sizes)

    def remember(self, labels: torch.Tensor) -> None:
        """Keep rows spread evenly over `labels` (pictures, conditions)."""
        index = torch.linspace(0, len(labels) - 1, len(self.rows)).round().long()
        self.rows.copy_(labels[index.to(labels.device)].to(torch.uint8))

    def one_hot(self, labels: torch.Tensor) -> torch.Tensor:
        """labels (n, conditions) -> wishes (n, wide)"""
        if not self.sizes:
            return torch.zeros(len(labels), 0, device=labels.device)
        parts = [F.one_hot(labels[:, i].long(), k) for i, k in enumerate(self.sizes)]
        return torch.cat(parts, 1).float()

    def together(self, wishes: torch.Tensor) -> torch.Tensor:
        """wishes (n, wide) -> (n, product of sizes): the share of every combination of values"""
        found = wishes.new_ones(len(wishes), 1)
        for part in wishes.split(self.sizes, 1):
            found = (found[:, :, None] * part[:, None]).flatten(1)
        return found

    def typical(self, count: int) -> torch.Tensor:
        """(count, wide) wishes that occur in the data, spread over all of it"""
        every = torch.arange(count, device=self.rows.device) * max(len(self.rows) // count, 1)
        return self.one_hot(self.rows[every % len(self.rows)])

    def wishes(self, numbers: torch.Tensor, asked: Sequence[Asked]) -> torch.Tensor:
        """numbers (n, DRAWN) -> (n, wide): the seeds' own rows, then what a person chose.

        Between seeds their rows are blended like their noise, so that a walk has no jumps.
        """
        weights, chances = numbers.view(len(asked), CORNERS, 2).unbind(2)
        index = (chances * len(self.rows)).long().clamp(max=len(self.rows) - 1)
        soft = self.one_hot(self.rows[index.flatten()]).view(len(asked), CORNERS, self.wide)
        soft = (soft * weights[:, :, None]).sum(1)
        start = 0
        for column, values in zip(self.conditions, self.names, strict=True):
            part = soft[:, start : start + len(values)]
            start += len(values)
            for i, a in enumerate(asked):
                if a.controls[column] != SEED:
                    part[i] = 0
                    part[i, values.index(a.controls[column])] = 1
                if column == self.blended:
                    part[i] *= 1 - a.controls["blend"]
                    part[i, values.index(a.controls["blend_to"])] += a.controls["blend"]
        return soft
