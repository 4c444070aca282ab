"""Speech as log-mel frames: what a network of speech writes and a vocoder reads."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

LEAST = 1e-5  # magnitudes below this are silence
MIDDLE, SPREAD = -5.0, 2.2  # brings log-mels of speech to mean 0 and spread 1, about


class Mel(nn.Module):
    """Sounds (n, samples) -> (n, frames, bands), frame i centred on sample i * hop, spread about 1.

    Every band is a mean of neighbouring magnitudes, so that a line drawn through the bands is the
    envelope of the spectrum (`envelope`).
    """

    def __init__(self, rate: int, window: int, hop: int, bands: int):
        super().__init__()
        self.rate, self.window, self.hop = rate, window, hop
        gather, middles = _triangles(rate, window, bands)
        bins = np.arange(window // 2 + 1)
        back = np.stack([np.interp(bins, middles, row) for row in np.eye(bands)])
        self._keep("gather", torch.from_numpy(gather.astype(np.float32)))
        self._keep("back", torch.from_numpy(back.astype(np.float32)))
        self._keep("shape", torch.hann_window(window))

    def _keep(self, name: str, value: torch.Tensor) -> None:
        self.register_buffer(name, value, persistent=False)

    def forward(self, sounds: torch.Tensor) -> torch.Tensor:
        loud = self.spots(sounds).abs().transpose(1, 2) @ self.gather
        return (loud.clamp(min=LEAST).log() - MIDDLE) / SPREAD

    def envelope(self, mels: torch.Tensor) -> torch.Tensor:
        """(n, frames, bands) -> log magnitudes (n, frames, window // 2 + 1)"""
        return (mels @ self.back) * SPREAD + MIDDLE

    def spots(self, sounds: torch.Tensor) -> torch.Tensor:
        """(n, samples) -> complex (n, window // 2 + 1, 1 + samples // hop)"""
        return torch.stft(
            sounds, self.window, self.hop, window=self.shape, center=True, pad_mode="constant",
            return_complex=True,
        )  # fmt: skip

    def sound(self, spots: torch.Tensor) -> torch.Tensor:
        """Complex (n, window // 2 + 1, frames) -> (n, (frames - 1) * hop)"""
        return torch.istft(spots, self.window, self.hop, window=self.shape, center=True)


def _triangles(rate: int, window: int, bands: int) -> tuple[np.ndarray, np.ndarray]:
    """Means over bins (bins, bands), and the middle of each band in bins."""
    bins = window // 2 + 1
    top = 2595 * np.log10(1 + rate / 2 / 700)
    edges = 700 * (10 ** (np.linspace(0, top, bands + 2) / 2595) - 1) * window / rate
    places = np.arange(bins)[:, None]
    # A band is at least two bins wide: the lowest ones would fall between bins.
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    rise = (places - middle) / np.maximum(middle - low, 1)
    fall = (middle - places) / np.maximum(high - middle, 1)
    weights = np.maximum(0, 1 - np.where(places < middle, -rise, -fall))
    return weights / weights.sum(0), middle
