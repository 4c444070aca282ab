"""HiFi-GAN V3's architecture (Kong, Kim, Bae, NeurIPS 2020, arXiv 2010.05646) with random weights:
what a vocoder's time is held against. Its time does not depend on its weights."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.vocoder import pulses

RATES, KERNELS = (8, 8, 4), (16, 16, 8)  # upsampling: 256 samples a frame
WIDTH = 256
LOOKS = ((3, (1, 2)), (5, (2, 6)), (7, (3, 12)))  # kernel and dilations of its residual blocks
SLOPE = 0.1


class Residual(nn.Module):
    """The paper's second kind of residual block."""

    def __init__(self, width: int, kernel: int, dilations: tuple[int, ...]):
        super().__init__()
        self.looks = nn.ModuleList(
            nn.Conv1d(width, width, kernel, dilation=d, padding=d * (kernel - 1) // 2)
            for d in dilations
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for look in self.looks:
            x = x + look(F.leaky_relu(x, SLOPE))
        return x


class HifiGan(nn.Module):
    """Mels (n, bands, frames) -> (n, 1, 256 * frames)"""

    def __init__(self, bands: int = 80):
        super().__init__()
        self.first = nn.Conv1d(bands, WIDTH, 7, padding=3)
        widths = [WIDTH >> i for i in range(len(RATES) + 1)]
        self.ups = nn.ModuleList(
            nn.ConvTranspose1d(widths[i], widths[i + 1], k, r, (k - r) // 2)
            for i, (r, k) in enumerate(zip(RATES, KERNELS, strict=True))
        )
        self.blocks = nn.ModuleList(
            nn.ModuleList(Residual(w, k, d) for k, d in LOOKS) for w in widths[1:]
        )
        self.last = nn.Conv1d(widths[-1], 1, 7, padding=3)

    def forward(self, mels: torch.Tensor) -> torch.Tensor:
        x = self.first(mels)
        for up, blocks in zip(self.ups, self.blocks, strict=True):
            x = up(F.leaky_relu(x, SLOPE))
            x = sum(block(x) for block in blocks) / len(blocks)
        return torch.tanh(self.last(F.leaky_relu(x)))


def by_ours(vocoder: nn.Module, mels: torch.Tensor, hertz: float = 200.0) -> torch.Tensor:
    """The same mels, (n, frames, bands), through our vocoder at a steady pitch: its whole work."""
    pitch = mels.new_full(mels.shape[:2], hertz)
    shapes = vocoder.shape(mels, pitch, torch.ones_like(pitch))
    source = pulses(pitch, vocoder.hop, vocoder.rate, mels.new_zeros(len(mels)))
    return vocoder(shapes, source, torch.randn_like(source))
