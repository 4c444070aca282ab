"""Basis and kinds alone: what the C-GAN of sounds begins with."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from models.family import Asked
from models.layers.player import Player
from models.layers.sound_basis import Kinds
from models.values import Sound


class SoundGaussian(Player):
    """(n, latent) standard normal and wishes -> coefficients (n, basis)."""

    def __init__(self, config):
        super().__init__(config)
        self.kinds = Kinds(config, config.basis).requires_grad_(False)

    def typical(self, z: torch.Tensor) -> torch.Tensor:
        """z (n, latent) standard normal -> pictures of kinds that occur in the data"""
        return self.basis.paint(self.kinds(z, self.kinds.conditions.typical(len(z))))

    def answer(self, noise: torch.Tensor, asked: Sequence[Asked]) -> list[Sound]:
        """noise (n, latent + DRAWN) and what was asked -> sounds"""
        noise, chance = noise[:, : self.latent], noise[:, self.latent :]
        wishes = self.kinds.conditions.wishes(chance, asked)
        return self.play(self.kinds(self.steer(noise, asked), wishes), wishes, asked)
