"""The unconditional autoencoder, steered from noise or from a person's own picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import torch

from models.family import Asked
from models.layers.autoencoder import Autoencoder
from models.layers.own_picture import own_pictures, prepare


class Vae(Autoencoder):
    """Paints (n, latent) standard normal noise as (n, channels, size, size) in -1..1."""

    def __init__(self, config):
        super().__init__(config)
        self.prepare = partial(prepare, size=config.size, channels=config.channels)

    def paint(self, noise: torch.Tensor) -> torch.Tensor:
        """noise (n, latent) standard normal -> picture"""
        return self.decode(self.place(noise))

    def answer(self, noise: torch.Tensor, asked: Sequence[Asked]) -> torch.Tensor:
        """noise (n, latent) and what was asked, own pictures included -> picture"""
        return self.decode(self.latents(noise, asked, own_pictures(asked, self.prepare)))
