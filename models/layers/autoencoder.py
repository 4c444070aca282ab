"""Encoder and decoder of a variational autoencoder, with or without conditions.

Kingma and Welling, "Auto-Encoding Variational Bayes", 2014 (arXiv 1312.6114); conditions after
Sohn, Lee, Yan, "Learning Structured Output Representation using Deep Conditional Generative
Models", NIPS 2015. The encoder is not told the condition, so that it reads any picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from models.family import Asked
from models.layers.steer import Steered

WIDEST = 256


def start_side(size: int) -> int:
    """The side that convolutions of stride 2 lead to: 64, 32, 16 -> 4; 28 -> 7."""
    while size > 7 and size % 2 == 0:
        size //= 2
    return size


def ladder(size: int, base: int) -> list[int]:
    """Widths from the outermost resolution inwards, doubling up to WIDEST."""
    steps = (size // start_side(size)).bit_length() - 1
    return [min(base * 2**i, WIDEST) for i in range(steps)]


class Encoder(nn.Module):
    """(n, channels, size, size) in -1..1 -> mean and log variance, each (n, latent)."""

    def __init__(self, size: int, channels: int, base: int, latent: int):
        super().__init__()
        widths = ladder(size, base)
        self.downs = nn.ModuleList(
            nn.Conv2d(a, b, 4, 2, 1, bias=False) for a, b in pairwise([channels, *widths])
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) for b in widths)
        self.read = nn.Linear(widths[-1] * start_side(size) ** 2, 2 * latent)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """x (n, channels, size, size) -> mean, log variance"""
        for down, norm in zip(self.downs, self.norms, strict=True):
            x = F.leaky_relu(norm(down(x)), 0.2, inplace=True)
        # Means in bfloat16 would carry 1 % of rounding: the last layer stays in float32.
        with torch.autocast(x.device.type, enabled=False):
            mean, spread = self.read(x.float().flatten(1)).chunk(2, 1)
        return mean, spread.clamp(-12, 4)


class Decoder(nn.Module):
    """(n, code) -> (n, channels, size, size) in -1..1."""

    def __init__(self, size: int, channels: int, base: int, code: int):
        super().__init__()
        widths = ladder(size, base)[::-1]
        self.side = start_side(size)
        self.start = nn.Linear(code, widths[0] * self.side**2, bias=False)
        self.first = nn.BatchNorm2d(widths[0])
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False) for a, b in pairwise(widths)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) for b in widths[1:])
        self.last = nn.ConvTranspose2d(widths[-1], channels, 4, 2, 1)

    def forward(self, code: torch.Tensor) -> torch.Tensor:
        """code (n, code) -> picture"""
        x = self.start(code).view(len(code), -1, self.side, self.side)
        x = F.leaky_relu(self.first(x.contiguous(memory_format=torch.channels_last)), 0.2)
        for up, norm in zip(self.ups, self.norms, strict=True):
            x = F.leaky_relu(norm(up(x)), 0.2, inplace=True)
        return self.last(x).tanh()


def draw(mean: torch.Tensor, spread: torch.Tensor) -> torch.Tensor:
    """One latent of each picture from its mean and log variance, (n, latent)"""
    return mean + torch.randn_like(mean) * (spread / 2).exp()


def divergence(
    mean: torch.Tensor, spread: torch.Tensor, middle: torch.Tensor, width: torch.Tensor
) -> torch.Tensor:
    """Nats from one diagonal Gaussian to another, each by mean and log variance (..., k): (...)"""
    off = (mean - middle).square() * (-width).exp()
    return 0.5 * (off + (spread - width).exp() - 1 - spread + width).sum(-1)


class Autoencoder(Steered):
    """Pictures to latents and back; a conditional one is also told `wide` numbers of wishes.

    `middle` and `root` describe the Gaussian that the training pictures' latents really follow
    (root' root is its covariance; Ghosh et al., "From Variational to Deterministic Autoencoders",
    2020, call it ex-post density estimation); `sigma` is the decoder's spread in a pixel.
    """

    def __init__(self, config, wide: int = 0):
        super().__init__(config.directions, config.latent)
        code = config.latent + wide
        self.encoder = Encoder(config.size, config.channels, config.base, config.latent)
        self.decoder = Decoder(config.size, config.channels, config.base, code)
        self.register_buffer("middle", torch.zeros(config.latent))
        self.register_buffer("root", torch.eye(config.latent))
        self.register_buffer("sigma", torch.ones(()))

    def forward(self, x: torch.Tensor, labels: torch.Tensor | None = None):
        """x (n, channels, size, size), labels (n, conditions) -> picture, mean, log variance"""
        mean, spread = self.encoder(x)
        return self.decode(draw(mean, spread), self.one_hot(labels)), mean, spread

    def one_hot(self, labels: torch.Tensor | None) -> torch.Tensor | None:
        """labels (n, conditions) -> wishes (n, wide); None without conditions"""
        return None

    def decode(self, z: torch.Tensor, wishes: torch.Tensor | None = None) -> torch.Tensor:
        """z (n, latent), wishes (n, wide) -> picture"""
        return self.decoder(z if wishes is None else torch.cat([z, wishes], 1))

    def place(self, noise: torch.Tensor) -> torch.Tensor:
        """noise (n, latent) standard normal -> latents as the training pictures' are spread"""
        return self.middle + noise @ self.root

    def latents(
        self,
        noise: torch.Tensor,
        asked: Sequence[Asked],
        given: Mapping[int, torch.Tensor],
    ) -> torch.Tensor:
        """noise (n, latent) -> latents: the seed's, or that of the picture `given` for a row.

        Given pictures are (channels, size, size); `near` says how close to them, 0..1. The
        directions are added last, so that they move own pictures too.
        """
        z = self.place(self.steer(noise, asked))
        if not given:
            return z
        rows = list(given)
        means, _ = self.encoder(torch.stack(list(given.values())).to(z.device))
        near = z.new_tensor([asked[i].controls["near"] for i in rows])[:, None]
        turned = self.place(self.steer(torch.zeros_like(noise), asked)) - self.middle
        seeds = (z - turned)[rows]
        z[rows] = turned[rows] + seeds + near * (means - seeds)
        return z

    @torch.no_grad()
    def calibrate(self, means: torch.Tensor, spreads: torch.Tensor, sigma: float) -> None:
        """Settle `middle`, `root` and `sigma` from encoded pictures, (n, latent) each."""
        self.middle.copy_(means.mean(0))
        shape = means.T.cov() + spreads.exp().mean(0).diag()
        values, vectors = torch.linalg.eigh(shape)
        self.root.copy_((vectors * values.clamp(min=0).sqrt()) @ vectors.T)
        self.sigma.fill_(sigma)
