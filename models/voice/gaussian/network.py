"""Basis and kinds alone: what the C-GAN of sounds begins with."""

from __future__ import annotations

import torch

from models.layers.player import KindPlayer
from models.layers.sound_basis import Kinds


class SoundGaussian(KindPlayer):
    """(n, latent) standard normal and wishes -> coefficients (n, basis)."""

    def __init__(self, config):
        super().__init__(config)
        self.kinds = Kinds(config, config.basis).requires_grad_(False)

    def forward(self, z: torch.Tensor, wishes: torch.Tensor) -> torch.Tensor:
        """z (n, latent), wishes (n, wide) -> (n, basis)"""
        return self.kinds(z, wishes)
