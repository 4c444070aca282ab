"""The discriminator that DCGAN and StyleGAN share.

Strided 4x4 convolutions, equalised learning rates and one minibatch-deviation channel (Karras
et al., "Progressive Growing of GANs", 2018, arXiv 1710.10196); conditions by projection (Miyato
and Koyama, 2018, arXiv 1802.05637) and, where asked for, named by it as well (Odena, Olah and
Shlens, "Conditional Image Synthesis with Auxiliary Classifier GANs", 2017, arXiv 1610.09585).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
import torch.nn.functional as F
from torch import nn

GAIN = math.sqrt(2)  # of the leaky rectifier


class EqualConv(nn.Module):
    """4x4 convolution whose weight is unit normal and scaled as it is used.

    `gain` is that of a rectifier behind it: in the scale it saves a pass over the picture. A kernel
    as large as its map is a product of matrices, three times as fast as the same convolution.
    """

    def __init__(
        self,
        wide_in: int,
        wide_out: int,
        kernel: int = 4,
        stride: int = 2,
        pad: int = 1,
        gain: float = 1.0,
    ):
        super().__init__()
        self.weight = nn.Parameter(
            torch.randn(wide_out, wide_in, kernel, kernel).to(memory_format=torch.channels_last)
        )
        self.bias = nn.Parameter(torch.zeros(wide_out))
        self.scale, self.gain = gain / math.sqrt(wide_in * kernel * kernel), gain
        self.stride, self.pad = stride, pad

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, wide_in, side, side) -> (n, wide_out, smaller, smaller)"""
        weight, bias = self.weight * self.scale, self.bias * self.gain
        if self.pad or x.shape[-2:] != weight.shape[-2:]:
            return F.conv2d(x, weight, bias, self.stride, self.pad)
        flat = [t.permute(0, 2, 3, 1).flatten(1) for t in (x, weight)]
        return F.linear(*flat, bias)[:, :, None, None]


class EqualLinear(nn.Module):
    """Linear layer with an equalised learning rate; `rate` slows it further (mapping: 0.01)."""

    def __init__(self, wide_in: int, wide_out: int, rate: float = 1.0, bias: float = 0.0):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(wide_out, wide_in) / rate)
        self.bias = nn.Parameter(torch.full((wide_out,), bias / rate))
        self.scale, self.rate = rate / math.sqrt(wide_in), rate

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.linear(x, self.weight * self.scale, self.bias * self.rate)


class Critic(nn.Module):
    """(n, channels, size, size) in -1..1 -> (n,) scores; `classes` sizes of each condition."""

    def __init__(self, size: int, channels: int, base: int, classes: Iterable[int] = ()):
        super().__init__()
        classes = tuple(classes)
        steps = int(math.log2(size // 4))
        widths = [min(base * 2**i, base * 8) for i in range(steps)]
        self.layers = nn.ModuleList(
            EqualConv(a, b, gain=GAIN)
            for a, b in zip([channels, *widths[:-1]], widths, strict=True)
        )
        # 28 ends at 7x7
        self.last = EqualConv(widths[-1] + 1, widths[-1], size >> steps, 1, 0, GAIN)
        self.score = EqualLinear(widths[-1], 1)
        self.meanings = nn.ModuleList(nn.Embedding(k, widths[-1]) for k in classes)
        self.names = nn.ModuleList(EqualLinear(widths[-1], k) for k in classes)

    def forward(self, x: torch.Tensor, labels: torch.Tensor | None = None) -> torch.Tensor:
        """x (n, channels, size, size), labels (n, conditions) -> (n,)"""
        return self.weigh(self.see(x), labels)

    def see(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, channels, size, size) -> (n, wide) what it noticed"""
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2)
        x = torch.cat([x, _deviation(x)], 1).contiguous(memory_format=torch.channels_last)
        return F.leaky_relu(self.last(x), 0.2).flatten(1)

    def weigh(self, seen: torch.Tensor, labels: torch.Tensor | None = None) -> torch.Tensor:
        """seen (n, wide), labels (n, conditions) -> (n,) scores"""
        score = self.score(seen).squeeze(1)
        if labels is None:
            return score
        for column, meaning in enumerate(self.meanings):
            score = score + (meaning(labels[:, column]) * seen).sum(1) / math.sqrt(seen.shape[1])
        return score

    def misnamed(self, seen: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """seen (n, wide), labels (n, conditions) -> cross-entropy in nats, mean of conditions"""
        losses = [F.cross_entropy(n(seen).float(), labels[:, i]) for i, n in enumerate(self.names)]
        return torch.stack(losses).mean()


def _deviation(x: torch.Tensor, group: int = 4) -> torch.Tensor:
    """One channel that says how much the pictures of a group differ."""
    n, c, h, w = x.shape
    group = group if n % group == 0 else 1
    y = x.float().reshape(group, n // group, c, h, w)
    y = (y - y.mean(0)).square().mean(0)  # `var` takes ten times as long along the first axis
    y = (y + 1e-8).sqrt().mean((1, 2, 3), keepdim=True)
    return y.repeat(group, 1, h, w).to(x.dtype)
