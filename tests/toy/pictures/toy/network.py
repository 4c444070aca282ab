"""A linear layer from noise to a colour."""

from __future__ import annotations

import torch
from torch import nn


class Colour(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.size = config.size
        self.mix = nn.Linear(config.latent, config.channels)

    def forward(self, noise: torch.Tensor, light: torch.Tensor, half: torch.Tensor) -> torch.Tensor:
        """noise (n, latent), light (n,), half (n,) of 0 or 1 -> (n, channels, size, size)"""
        colour = (self.mix(noise) + light[:, None]).tanh()[:, :, None, None]
        columns = torch.arange(self.size, device=noise.device) < self.size // 2
        kept = torch.where(columns, 1.0, 1.0 - half[:, None]).to(noise.dtype)
        return colour * kept[:, None, None, :].expand(-1, 1, self.size, -1)
