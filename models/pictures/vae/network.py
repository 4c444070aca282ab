"""The unconditional autoencoder, steered from noise or from a person's own picture."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from models.family import Asked
from models.layers.autoencoder import Autoencoder
from models.layers.own_picture import prepare


class Vae(Autoencoder):
    """`paint`: (n, latent) standard normal -> (n, channels, size, size) in -1..1."""

    def __init__(self, config):
        super().__init__(config)
        self.size, self.channels = config.size, config.channels

    def paint(self, noise: torch.Tensor) -> torch.Tensor:
        """noise (n, latent) standard normal -> picture"""
        return self.decode(self.place(noise))

    def latents(self, noise: torch.Tensor, asked: Sequence[Asked]) -> torch.Tensor:
        """noise (n, latent) -> latents: the seed's or a given picture's, then the directions."""
        z = self.place(self.steer(noise, asked))
        given = [i for i, a in enumerate(asked) if a.inputs.get("picture") is not None]
        if not given:
            return z
        pictures = [prepare(asked[i].inputs["picture"], self.size, self.channels) for i in given]
        means, _ = self.encoder(torch.stack(pictures).to(z.device))
        near = z.new_tensor([asked[i].controls["near"] for i in given])[:, None]
        turned = self.place(self.steer(torch.zeros_like(noise), asked)) - self.middle
        seeds = (z - turned)[given]
        z[given] = turned[given] + seeds + near * (means - seeds)
        return z
