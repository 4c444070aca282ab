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
WIDTHS = (32, 48, 64, 64)  # channels; in bf16 twelve of them cost hardly less
STRIDES = (4, 2, 2, 1)  # over bins: the first look takes most of them together
ROOT = 0.3  # magnitudes are taken to this power: quiet parts are to be noticed too


class Critics(nn.Module):
    """Sounds (n, samples) -> for each critic its scores and what its layers notice."""

    def __init__(self):
        super().__init__()
        self.critics = nn.ModuleList(Critic(window) for window in WINDOWS)

    def forward(self, sounds: torch.Tensor) -> list[list[torch.Tensor]]:
        return [critic(sounds) for critic in self.critics]


class Critic(nn.Module):
    """Sounds (n, samples) -> maps (n, channels, frames, bins); the last is the score.

    Spectra are float32 also where the layers are reckoned in bf16.
    """

    def __init__(self, window: int):
        super().__init__()
        self.window = window
        self.register_buffer("shape", torch.hann_window(window), persistent=False)
        place = torch.linspace(-1, 1, window // 2).expand(1, 1, 1, -1)  # low bins or high ones
        self.register_buffer("place", place.clone(), persistent=False)
        layers = []
        for i, (wide, stride) in enumerate(zip(WIDTHS, STRIDES, strict=True)):
            given, early = (3, *WIDTHS)[i], 2 ** max(i - 1, 0)  # frames between the looks
            reach = 2 * stride + 1 if stride > 1 else 3
            layers.append(
                weight_norm(
                    nn.Conv2d(given, wide, (3, reach), (1, stride), (early, reach // 2), (early, 1))
                )
            )
        self.layers = nn.ModuleList(layers)
        self.score = weight_norm(nn.Conv2d(WIDTHS[-1], 1, 3, padding=1))

    def forward(self, sounds: torch.Tensor) -> list[torch.Tensor]:
        x = self.seen(sounds).contiguous(memory_format=torch.channels_last)
        found = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.1)
            found.append(x)
        return [*found, self.score(x)]

    def seen(self, sounds: torch.Tensor) -> torch.Tensor:
        """Sounds -> (n, 3, frames, bins): compressed real and imaginary parts, and the place."""
        spots = torch.stft(
            sounds, self.window, self.window // 4, window=self.shape, return_complex=True
        )
        parts = torch.view_as_real(spots)[:, :-1] / self.shape.square().sum().sqrt()
        size = (parts[..., 0].square() + parts[..., 1].square()).add(1e-7)
        parts = (parts * (size ** ((ROOT - 1) / 2))[..., None]).permute(0, 3, 2, 1)
        return torch.cat([parts, self.place.expand(len(parts), 1, parts.shape[2], -1)], 1)


def doubts(on_real: list[list[torch.Tensor]], on_made: list[list[torch.Tensor]]) -> torch.Tensor:
    """What critics learn by: real is one, made is nothing (Mao et al., 2017, arXiv 1611.04076)."""
    every = zip(on_real, on_made, strict=True)
    found = [(r[-1].float() - 1).square().mean() + m[-1].float().square().mean() for r, m in every]
    return sum(found) / len(found)


def praise(on_real: list[list[torch.Tensor]], on_made: list[list[torch.Tensor]]):
    """What a vocoder learns by: how far its sound is from being called real, and how far what is
    noticed of it is from what is noticed of the recording, as a share."""
    far = [(m[-1].float() - 1).square().mean() for m in on_made]
    unlike = [
        (a - b).float().abs().mean() / b.float().abs().mean().clamp(min=1e-3)
        for real, made in zip(on_real, on_made, strict=True)
        for b, a in zip(real[:-1], made[:-1], strict=True)
    ]
    return sum(far) / len(far), sum(unlike) / len(unlike)
