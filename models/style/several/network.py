"""Codes of styles, and the decoder that they steer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import nn

from models.layers.whole_norm import WholeNorm
from models.style.decoder import Decoder, Reader, softened


class Several(nn.Module):
    """Pictures (n, 3, h, w) in -1..1, sides divisible by 8, painted in a blend of known styles."""

    step = 8
    margin = 64  # as of any style: with 32, faint lines stand beside every edge
    fade = 1.0  # strength fades into the picture

    def __init__(self, config):
        super().__init__()
        self.reader = Reader(config.widths, config.depths)
        self.norms = nn.ModuleList(WholeNorm(w).requires_grad_(False) for w in config.widths)
        self.codes = nn.Parameter(torch.randn(len(config.styles), config.code))
        self.decoder = Decoder(config.widths, config.code)

    def turn(self, weights: Sequence[float]) -> Callable[[torch.Tensor], torch.Tensor]:
        """A pass with this much of each style; all at nothing leave the picture as it is."""
        total = sum(weights)
        if not total:
            return lambda x: x
        shares = torch.tensor([weights], device=self.codes.device) / total
        return lambda x: self(x, shares)

    def forward(self, x: torch.Tensor, shares: torch.Tensor) -> torch.Tensor:
        """x (n, 3, h, w) and shares (n, styles) that sum to one -> (n, 3, h, w)"""
        if x.shape[1] != 3 or x.shape[2] % self.step or x.shape[3] % self.step:
            raise ValueError(f"RGB with sides divisible by {self.step} is needed: {x.shape}.")
        maps = softened(self.reader(x))
        even = [norm(m) for norm, m in zip(self.norms, maps, strict=True)]
        return self.decoder(even, shares @ self.codes)
