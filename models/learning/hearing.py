"""What the loops over sounds share: coefficients in memory, and a sheet of spectrograms."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from models.answer import to_bytes
from models.data.sounds import SoundSet, load_sounds
from models.layers.player import Player
from models.learning.sheet import grid

SPEEDS = (1.0, 0.96, 1.04)  # training sounds are also played slower and faster: few are there


class HeardSet:
    """Coefficients (speeds * n, basis) of a `SoundSet` with labels (n, conditions).

    The first `plain` of them are as they were recorded.
    """

    def __init__(self, data: SoundSet, network: Player, speeds=SPEEDS, fit: bool = False):
        device = network.basis.middle.device
        columns = list(data.labels.values())
        rows = np.stack(columns, 1) if columns else np.zeros((len(data), 0), np.int64)
        self.plain = len(data)
        self.labels = torch.from_numpy(rows).repeat(len(speeds), 1).to(device)
        parts = []
        for speed in speeds:
            pictures = pictures_of(at_speed(data.sounds, speed, network.spectrum.samples), network)
            if fit and not parts:
                network.basis.fit(pictures, self.labels[: self.plain])
            parts.append(network.basis.read(pictures))
        self.numbers = torch.cat(parts)

    def __len__(self) -> int:
        return len(self.numbers)

    def draw(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        """`count` random rows of coefficients, with their labels."""
        index = torch.randint(0, len(self.numbers), (count,), device=self.numbers.device)
        return self.numbers[index], self.labels[index]


def held_out(job, network: Player) -> HeardSet | None:
    """Validation sounds, or None where a small folder has too few of them."""
    try:
        return HeardSet(load_sounds(job.data, "validation"), network, (1.0,))
    except ValueError:
        return None


@torch.no_grad()
def pictures_of(sounds: np.ndarray, network: Player) -> torch.Tensor:
    """(n, samples) -> (n, 1, bands, frames), a few at a time."""
    device = network.basis.middle.device
    parts = np.array_split(sounds, max(len(sounds) // 64, 1))
    return torch.cat([network.spectrum.analyse(torch.from_numpy(p).to(device)) for p in parts])


def at_speed(sounds: np.ndarray, speed: float, count: int) -> np.ndarray:
    """(n, samples) -> (n, count) played `speed` times as fast, higher too, padded with silence."""
    places = np.arange(count) * speed
    low = places.astype(np.int64)
    wide = np.pad(sounds, ((0, 0), (0, max(int(low[-1]) + 2 - sounds.shape[1], 0))))
    if speed == 1:
        return np.ascontiguousarray(wide[:, :count])
    part = (places - low).astype(np.float32)
    return wide[:, low] * (1 - part) + wide[:, low + 1] * part


@torch.no_grad()
def sheet_of(network: Player, numbers: torch.Tensor) -> Image.Image:
    """One picture of many spectrograms of coefficients (n, basis), low bands at the bottom."""
    return grid(to_bytes(network.basis.paint(numbers).flip(2)))


@torch.no_grad()
def samples_of(network: Player, latent: int) -> Image.Image:
    """Eight rows of samples of a `KindPlayer`; the kinds go round."""
    noise = np.random.RandomState(0).standard_normal((64, latent)).astype(np.float32)
    z = torch.from_numpy(noise).to(network.basis.middle.device) * 0.8
    return sheet_of(network, network(z, network.kinds.conditions.typical(64)))
