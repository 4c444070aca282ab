"""Mean, components and their spreads; its 'training' is one singular value decomposition."""

from __future__ import annotations

import torch

from models.layers.steer import Steered


class Gaussian(Steered):
    """(n, latent) standard normal -> (n, channels, size, size) in -1..1."""

    def __init__(self, config):
        super().__init__(config.directions, config.latent)
        self.shape = (config.channels, config.size, config.size)
        pixels = config.channels * config.size**2
        self.register_buffer("mean", torch.zeros(pixels))
        # Unit rows would underflow in half precision; rows carry the spread of their component.
        self.register_buffer("components", torch.randn(config.latent, pixels) * 0.1)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        """z (n, latent) -> picture (n, channels, size, size), cut to -1..1"""
        return (self.mean + z @ self.components).clamp(-1, 1).view(-1, *self.shape)

    @torch.no_grad()
    def fit(self, pictures: torch.Tensor) -> float:
        """pictures (n, channels, size, size) in -1..1; returns the share of variance kept."""
        flat = pictures.flatten(1)
        self.mean.copy_(flat.mean(0))
        flat = flat - self.mean
        _, values, rows = torch.pca_lowrank(flat, self.components.shape[0], center=False, niter=4)
        # A component has no sign of its own: let positive always mean brighter.
        rows = rows * torch.where(rows.sum(0) < 0, -1.0, 1.0)
        self.components.copy_((rows * values / (len(flat) - 1) ** 0.5).T)
        return float(values.square().sum() / flat.square().sum())
