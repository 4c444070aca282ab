"""Critics of spectra: is this a recording, or did a vocoder make it?

One small critic for each resolution of the short-time spectrum, phases included (Jang et al.,
"UnivNet", Interspeech 2021, arXiv 2106.07889; as Vocos is trained), and the likeness of what they
notice (Kumar et al., "MelGAN", NeurIPS 2019, arXiv 1910.06711).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.parametrizations import weight_norm

WINDOWS = (512, 1024)
WIDTHS = (12, 16, 24)  # channels; three times as many took a core three seconds a step
ROOT = 0.3  # magnitudes are taken to this power: quiet parts are to be noticed too


class Critics(nn.Module):
    """Sounds (n, samples) -> for each critic its scores and what its layers notice."""

    def __init__(self):
        super().__init__()
        self.critics = nn.ModuleList(Critic(window) for window in WINDOWS)

    def forward(self, sounds: torch.Tensor) -> list[list[torch.Tensor]]:
        return [critic(sounds) for critic in self.critics]


class Critic(nn.Module):
    """Sounds (n, samples) -> maps (n, channels, frames, bins); the last is the score."""

    def __init__(self, window: int):
        super().__init__()
        self.window = window
        self.register_buffer("shape", torch.hann_window(window), persistent=False)
        layers = []
        for i, (given, wide) in enumerate(zip((2, *WIDTHS[:-1]), WIDTHS, strict=True)):
            early = 2**i  # frames between the looks: the later, the further
            layer = nn.Conv2d(given, wide, (3, 5), (1, 2), (early, 2), (early, 1))
            layers.append(weight_norm(layer))
        self.layers = nn.ModuleList(layers)
        self.score = weight_norm(nn.Conv2d(WIDTHS[-1], 1, 3, padding=1))

    def forward(self, sounds: torch.Tensor) -> list[torch.Tensor]:
        spots = (
            torch.stft(
                sounds, self.window, self.window // 4, window=self.shape, return_complex=True
            )
            / self.shape.square().sum().sqrt()
        )
        parts = torch.view_as_real(spots)
        size = parts.square().sum(3, keepdim=True).add(1e-9)
        x = (parts * size ** ((ROOT - 1) / 2)).permute(0, 3, 2, 1)
        found = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.1)
            found.append(x)
        return [*found, self.score(x)]


def doubts(on_real: list[list[torch.Tensor]], on_made: list[list[torch.Tensor]]) -> torch.Tensor:
    """What critics learn by: real is one, made is nothing (Mao et al., 2017, arXiv 1611.04076)."""
    every = zip(on_real, on_made, strict=True)
    found = [(r[-1] - 1).square().mean() + m[-1].square().mean() for r, m in every]
    return sum(found) / len(found)


def praise(on_real: list[list[torch.Tensor]], on_made: list[list[torch.Tensor]]):
    """What a vocoder learns by: how far its sound is from being called real, and how far what is
    noticed of it is from what is noticed of the recording, as a share."""
    far = [(m[-1] - 1).square().mean() for m in on_made]
    unlike = [
        (a - b.detach()).abs().mean() / b.detach().abs().mean().clamp(min=1e-3)
        for real, made in zip(on_real, on_made, strict=True)
        for b, a in zip(real[:-1], made[:-1], strict=True)
    ]
    return sum(far) / len(far), sum(unlike) / len(unlike)
