"""The conditional generator: latent and wishes make a code that starts and styles the picture."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
import torch.nn.functional as F

from models.layers.conditions import Conditions
from models.layers.critic import EqualConv, EqualLinear
from models.layers.modulated import ModulatedUp
from models.layers.steer import Steered

SQUARE = 4  # pixels a side whose mean colour is compared, too,
SHADES = 3.0  # and how much that weighs: two tones of skin differ by a shade
STEEP = 4.0  # slope of the soft alpha that carries the gradient of the hard one


class Generator(Steered):
    """(n, latent) standard normal and wishes -> (n, channels, size, size) in -1..1."""

    def __init__(self, config):
        super().__init__(config.directions, config.latent)
        widths = config.widths
        self.side = config.size >> (len(widths) - 1)
        if self.side << (len(widths) - 1) != config.size:
            raise ValueError(f"Size {config.size} cannot be halved {len(widths) - 1} times.")
        self.conditions = Conditions(config)
        self.mix = EqualLinear(config.latent + self.conditions.wide, config.code)
        self.refine = EqualLinear(config.code, config.code)
        self.start = EqualLinear(config.code, widths[0] * self.side**2)
        self.ups = torch.nn.ModuleList(ModulatedUp(a, b, config.code) for a, b in pairwise(widths))
        self.paint = EqualConv(widths[-1], config.channels, 3, 1, 1)
        self.transparent = config.channels == 4

    def remember(self, labels: torch.Tensor) -> None:
        """Which conditions occur together; labels (pictures, conditions)"""
        self.conditions.remember(labels)

    def forward(self, z: torch.Tensor, labels: torch.Tensor | None = None) -> torch.Tensor:
        """z (n, latent), labels (n, conditions) -> picture"""
        labels = z.new_zeros(len(z), 0) if labels is None else labels
        return self.draw(z, self.conditions.one_hot(labels))

    def typical(self, z: torch.Tensor) -> torch.Tensor:
        """z (n, latent) -> pictures under conditions that occur in the data"""
        return self.draw(z, self.conditions.typical(len(z)))

    def draw(self, z: torch.Tensor, wishes: torch.Tensor) -> torch.Tensor:
        """z (n, latent), wishes (n, wide) -> picture; without directions the wishes say it all"""
        return self.show(self.raw(z, wishes))

    def raw(self, z: torch.Tensor, wishes: torch.Tensor) -> torch.Tensor:
        """z (n, latent), wishes (n, wide) -> colours and alpha before their limits"""
        # A wish has few ones among many zeros: this gives it the power of the latent.
        wishes = wishes * math.sqrt(wishes.shape[1] / max(len(self.conditions.sizes), 1))
        if not len(self.directions):
            z = torch.zeros_like(z)
        code = F.leaky_relu(self.mix(torch.cat([z, wishes], 1)), 0.2) * math.sqrt(2)
        code = F.leaky_relu(self.refine(code), 0.2) * math.sqrt(2)
        x = self.start(code).view(len(z), -1, self.side, self.side)
        x = F.leaky_relu(x.contiguous(memory_format=torch.channels_last), 0.2) * math.sqrt(2)
        for up in self.ups:
            x = up(x, code)
        return self.paint(x)

    def show(self, raw: torch.Tensor) -> torch.Tensor:
        """raw (n, channels, size, size) -> picture in -1..1"""
        return cut_out(raw) if self.transparent else raw.tanh()

    def unlike(self, raw: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """How far raw pictures are from those that they should be: the mean difference of colours,
        pixel by pixel and by the means of squares (else shades next to each other drown in what
        pixels have to say) and, of transparent ones, the surprise in nats at where the picture is
        (a hard alpha has no slope where it is plainly wrong)."""
        solid = (
            (real[:, 3:] > 0).to(raw.dtype) if self.transparent else torch.ones_like(real[:, :1])
        )
        gaps = (raw[:, :3].tanh() - real[:, :3]) * solid
        colours = gaps.abs().mean() + SHADES * F.avg_pool2d(gaps, SQUARE).abs().mean()
        if not self.transparent:
            return colours
        return colours + F.binary_cross_entropy_with_logits(raw[:, 3:] * STEEP, solid)


def cut_out(x: torch.Tensor) -> torch.Tensor:
    """(n, 4, h, w) raw -> RGBA in -1..1 whose alpha is hard and whose clear pixels are black.

    The gradient of the soft alpha passes straight through (Bengio, Léonard, Courville, 2013,
    arXiv 1308.3432).
    """
    soft = (x[:, 3:] * STEEP).sigmoid()
    alpha = soft + ((soft > 0.5).to(soft.dtype) - soft).detach()
    return torch.cat([(x[:, :3].tanh() + 1) * alpha, 2 * alpha], 1) - 1
