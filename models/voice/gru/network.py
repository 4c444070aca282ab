"""A recurrent network that writes a spectrogram from its first frame to its last."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from models.family import Asked
from models.layers.onward import Onward
from models.layers.spectrum import RAYLEIGH

NARROWEST = -3.0  # log of the least spread: silence would be certain without end


class SoundGru(Onward):
    """Frames as components of spread one: (n, frames, basis) -> middle and log spread of each."""

    def __init__(self, config):
        super().__init__(config)
        self.frames, self.basis_size = config.frames, config.basis
        self.register_buffer("middle", torch.zeros(config.bands))
        self.register_buffer("components", torch.eye(config.basis, config.bands))
        self.register_buffer("sizes", torch.ones(config.basis))
        self.register_buffer("rough", torch.zeros(config.bands))  # what components cannot hold
        self.enter = nn.Linear(config.basis + self.conditions.wide + 1, config.width)
        self.memory = nn.GRU(config.width, config.width, batch_first=True)
        self.tell = nn.Linear(config.width, 2 * config.basis)

    @torch.no_grad()
    def settle(self, sounds: np.ndarray, labels: torch.Tensor) -> None:
        """Principal components of the frames of training sounds (n, samples)."""
        super().settle(sounds, labels)
        rows = self._rows(sounds).flatten(0, 1)
        self.middle.copy_(rows.mean(0))
        rest = rows - self.middle
        values, vectors = torch.linalg.eigh(rest.T @ rest / len(rest))
        self.components.copy_(vectors.T.flip(0)[: self.basis_size])
        self.sizes.copy_(values.flip(0)[: self.basis_size].clamp(min=1e-8).sqrt())
        left = rest - (rest @ self.components.T) @ self.components
        self.rough.copy_((left.square().mean(0).sqrt() / RAYLEIGH).clamp(max=1))

    @torch.no_grad()
    def _rows(self, sounds: np.ndarray) -> torch.Tensor:
        parts = np.array_split(sounds, max(len(sounds) // 64, 1))
        found = [self.spectrum.analyse(torch.from_numpy(p))[:, 0] for p in parts]
        return torch.cat(found).transpose(1, 2)

    def read(self, sounds: np.ndarray) -> torch.Tensor:
        """(n, samples) -> (n, frames, basis)"""
        return (self._rows(sounds) - self.middle) @ self.components.T / self.sizes

    def forward(self, before: torch.Tensor, wishes: torch.Tensor, first: int = 0, state=None):
        """The frames before each (n, t, basis), wishes (n, wide), the place of the first ->
        middle and log spread (n, t, basis), state"""
        count = before.shape[1]
        place = torch.arange(first, first + count, device=before.device) / self.frames
        told = torch.cat(
            [
                before,
                wishes[:, None].expand(-1, count, -1),
                place[None, :, None].expand(len(before), -1, -1),
            ],
            2,
        )
        found, state = self.memory(self.enter(told).tanh(), state)
        middle, spread = self.tell(found).chunk(2, 2)
        return middle, spread.clamp(NARROWEST, 1), state

    def loss(self, batch, recipe, step: float) -> dict[str, torch.Tensor]:
        """batch: frames (n, t, basis) and labels; nats of a number, up to a constant."""
        frames, labels = batch
        wishes = self.conditions.one_hot(labels)
        before = torch.cat([torch.zeros_like(frames[:, :1]), frames[:, :-1]], 1)
        if step != math.inf:
            before = before + recipe.blur * torch.randn_like(before)
        middle, spread, _ = self(before, wishes)
        off = ((frames - middle) / spread.exp()).square()
        return {"loss": (off / 2 + spread).mean()}

    def sounds(self, chance, wishes: torch.Tensor, asked: Sequence[Asked]) -> torch.Tensor:
        """chance (n, frames * basis) -> (n, samples)"""
        much = chance.new_tensor([a.controls["spread"] for a in asked])[:, None]
        chance = chance.view(len(chance), self.frames, self.basis_size)
        frame, state, made = torch.zeros_like(chance[:, :1]), None, []
        for i in range(self.frames):
            middle, spread, state = self(frame, wishes, i, state)
            frame = middle + (much * chance[:, i])[:, None] * spread.exp()
            made.append(frame)
        rows = self.middle + (torch.cat(made, 1) * self.sizes) @ self.components
        pictures = rows.transpose(1, 2)[:, None].contiguous()
        grain = chance.new_tensor([a.controls["grain"] for a in asked])[:, None, None, None]
        rough = grain * self.rough[:, None].expand_as(pictures)
        return self.spectrum.sound(pictures, rough)
