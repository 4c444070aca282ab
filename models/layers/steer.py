"""Steering a latent by a person's controls: spread around the middle, then named directions."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from models.family import Asked


class Steered(nn.Module):
    """A generator with `directions` (count, latent): unit vectors found when it is published."""

    def __init__(self, directions: int, latent: int):
        super().__init__()
        self.register_buffer("directions", torch.eye(directions, latent))

    def steer(self, noise: torch.Tensor, asked: Sequence[Asked]) -> torch.Tensor:
        """noise (n, latent) standard normal -> (n, latent) with `spread` and directions applied.

        A direction's slider is in sigmas of the prior: z moves by that many unit vectors. Without
        directions there is no spread either: such a network leaves the latent out.
        """
        count = self.directions.shape[0]
        if not count:
            return noise
        spread = noise.new_tensor([a.controls["spread"] for a in asked])
        turns = noise.new_tensor(
            [[a.controls[f"direction_{i + 1}"] for i in range(count)] for a in asked]
        )
        return noise * spread[:, None] + turns.reshape(len(asked), count) @ self.directions
