"""How far two sounds are from each other, by their magnitudes at several resolutions (Yamamoto,
Song, Kim, 2020, arXiv 1910.11480)."""

from __future__ import annotations

import torch
from torch import nn

WINDOWS = (256, 768, 2048)
LEAST = 1e-4


class Resolutions(nn.Module):
    """Sounds (n, samples) -> their loudness, a list of (n, bins, frames) for `apart`."""

    def __init__(self):
        super().__init__()
        for window in WINDOWS:
            self.register_buffer(f"shape_{window}", torch.hann_window(window), persistent=False)

    def forward(self, sounds: torch.Tensor) -> list[torch.Tensor]:
        found = []
        for window in WINDOWS:
            shape = getattr(self, f"shape_{window}")
            spots = torch.stft(sounds, window, window // 4, window=shape, return_complex=True)
            power = torch.view_as_real(spots).square().sum(3) / shape.square().sum()
            found.append((power + LEAST**2).log())
        return found


def apart(one: list[torch.Tensor], other: list[torch.Tensor]) -> torch.Tensor:
    """Mean difference of loudness in nepers of power, over all resolutions."""
    return sum((a - b).abs().mean() for a, b in zip(one, other, strict=True)) / len(one)
