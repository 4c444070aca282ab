"""The generator: mapping, a first 4x4 map, modulated convolutions that double the side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from models.family import Asked
from models.layers.directions import strongest
from models.layers.modulated import Mapping, ModulatedPaint, ModulatedUp

SAMPLES = 10_000  # mapped latents that the middle is the mean of


class Generator(nn.Module):
    """(n, latent) standard normal -> (n, channels, size, size), about -1..1.

    `middle` is the mean of the mapped latents (truncation moves towards it) and `directions`
    (count, latent) those that change a picture most; a mapped latent varies by one along each.

    The first map is drawn from the style alone, without a constant or a bias: beside one, all
    cats of 51,000 pictures sat in one pose, and only their colours differed.
    """

    def __init__(self, config):
        super().__init__()
        widths = config.widths
        if config.size != 4 * 2 ** len(widths):
            raise ValueError(
                f"Size {config.size} needs {config.size} / 4 to be two to the power of the "
                f"number of widths, which is {len(widths)}."
            )
        self.sides = [8 * 2**i for i in range(len(widths) - 1)]
        self.mixing = config.mixing
        self.mapping = Mapping(config.latent, config.latent, config.depth)
        self.start = nn.Parameter(torch.randn(config.latent, widths[0] * 16))
        self.ups = nn.ModuleList(ModulatedUp(a, b, config.latent) for a, b in pairwise(widths))
        # The papers start at 0; 0.1 lets fur use the noise from the first pictures on.
        self.grain = nn.Parameter(torch.full((len(self.ups),), 0.1))
        self.paint = ModulatedPaint(widths[-1], config.channels, config.latent)
        self.register_buffer("middle", torch.zeros(config.latent))
        self.register_buffer("directions", torch.eye(config.directions, config.latent))

    @property
    def layers(self) -> int:
        """How many layers take a style, the painting one included."""
        return len(self.ups) + 1

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        """z (n, latent) -> picture. While training, some pictures mix two styles."""
        w = self.mapping(z)
        codes = w[:, None].expand(-1, self.layers, -1)
        if self.training:
            self.middle.lerp_(w.detach().float().mean(0), 0.005)
            codes = self._mixed(codes)
        grain = torch.randn(len(z), sum(s * s for s in self.sides), device=z.device)
        return self.synthesise(codes, grain)

    def preview(self, z: torch.Tensor) -> torch.Tensor:
        """Pictures at truncation 0.8, what a person sees first; z (n, latent)"""
        codes = self.middle + 0.8 * (self.mapping(z) - self.middle)
        grain = torch.randn(len(z), sum(s * s for s in self.sides), device=z.device)
        return self.synthesise(codes[:, None].expand(-1, self.layers, -1), grain)

    def synthesise(self, codes: torch.Tensor, grain: torch.Tensor) -> torch.Tensor:
        """codes (n, layers, latent), grain (n, sum of side squared) -> picture"""
        n = len(codes)
        first = codes[:, 0] @ (self.start / math.sqrt(self.start.shape[0]))
        x = F.leaky_relu(first.view(n, -1, 4, 4), 0.2).contiguous(memory_format=torch.channels_last)
        maps = grain.split([s * s for s in self.sides], 1)
        for i, up in enumerate(self.ups):
            noise = maps[i].view(n, 1, self.sides[i], self.sides[i]) * self.grain[i]
            x = up(x, codes[:, i], noise)
        return self.paint(x, codes[:, -1])

    def steer(self, noise: torch.Tensor, asked: Sequence[Asked]) -> torch.Tensor:
        """noise (n, 2 latent): this seed and the second one -> codes (n, layers, latent).

        Truncation first, then the second seed's style in the chosen layers (the first layer is
        coarse, the second middle, the rest fine), then the directions, in sigmas, everywhere.
        """
        n, count = len(asked), len(self.directions)
        both = self.mapping(torch.cat(noise.chunk(2, 1)))
        psi = noise.new_tensor([a.controls["spread"] for a in asked]).repeat(2)[:, None]
        own, other = (self.middle + psi * (both - self.middle)).chunk(2)
        parts = ["coarse", "middle"] + ["fine"] * (self.layers - 2)
        taken = torch.tensor(
            [[a.controls[f"mix_{p}"] for p in parts] for a in asked], device=noise.device
        )
        turns = noise.new_tensor(
            [[a.controls[f"direction_{i + 1}"] for i in range(count)] for a in asked]
        )
        codes = torch.where(taken[:, :, None], other[:, None], own[:, None])
        return codes + (turns.reshape(n, count) @ self.directions)[:, None]

    @torch.no_grad()
    def settle(self) -> None:
        """Find the middle of the mapped latents and what changes pictures most around it."""
        from models.learning.average import settle

        seeded = torch.Generator().manual_seed(0)
        count, latent = self.directions.shape
        z = torch.randn(SAMPLES, latent, generator=seeded).to(self.middle.device)
        settle(self.mapping, lambda: self.mapping(z), 1)
        self.middle.copy_(self.mapping(z).mean(0))
        still = z.new_zeros(1, sum(s * s for s in self.sides))

        def paint(w: torch.Tensor) -> torch.Tensor:
            codes = (self.middle + w)[:, None].expand(-1, self.layers, -1)
            return self.synthesise(codes, still.expand(len(w), -1))

        with torch.enable_grad():
            self.directions.copy_(strongest(paint, latent, count))

    def _mixed(self, codes: torch.Tensor) -> torch.Tensor:
        """Style mixing: from a random layer on, the styles of the neighbour in the batch."""
        n, layers, _ = codes.shape
        start = torch.randint(1, layers, (n, 1), device=codes.device)
        keep = torch.rand(n, 1, device=codes.device) >= self.mixing
        own = (torch.arange(layers, device=codes.device) < start) | keep
        return torch.where(own[:, :, None], codes, codes.roll(1, 0))
