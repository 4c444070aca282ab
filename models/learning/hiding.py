"""Keeps conditions out of the latents: what is told to the decoder need not be hidden in them.

Without it a conditional autoencoder on digits ignored the digit that was asked for: its 16 latents
carried 50 nats, the digit among them, and a judge read only 18 % of the wishes from the samples
(25 % with six times the weight on the latents). A reader guesses the conditions from the latents,
the encoder learns to leave it clueless: Lample et al., "Fader Networks", NIPS 2017.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

WIDE = 256


class Hiding(nn.Module):
    """`sizes` are the numbers of values of the conditions."""

    def __init__(self, latent: int, sizes: list[int]):
        super().__init__()
        self.sizes = sizes
        self.reader = nn.Sequential(
            nn.Linear(latent, WIDE), nn.LeakyReLU(0.2), nn.Linear(WIDE, WIDE), nn.LeakyReLU(0.2),
            nn.Linear(WIDE, sum(sizes)),
        )  # fmt: skip

    def guesses(self, z: torch.Tensor) -> list[torch.Tensor]:
        """z (n, latent) -> log probabilities (n, values) of each condition"""
        return [part.log_softmax(1) for part in self.reader(z).split(self.sizes, 1)]

    def reads(self, z: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """How badly the reader guesses, in nats: what the reader minimises."""
        pairs = enumerate(self.guesses(z.detach()))
        return torch.stack([F.nll_loss(guess, labels[:, i]) for i, guess in pairs]).mean()

    def tells(self, z: torch.Tensor) -> torch.Tensor:
        """How far the reader's guesses are from knowing nothing: what the encoder minimises."""
        pairs = zip(self.guesses(z), self.sizes, strict=True)
        return torch.stack([-guess.mean() - math.log(size) for guess, size in pairs]).mean()
