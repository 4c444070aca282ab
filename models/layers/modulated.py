"""Modulated convolution that doubles the side, and the mapping network before it.

Karras et al., "A Style-Based Generator Architecture for Generative Adversarial Networks" (2019,
arXiv 1812.04948) and "Analyzing and Improving the Image Quality of StyleGAN" (2020, arXiv
1912.04958). Style scales the input and demodulation the output, so that one ordinary convolution
serves the whole batch: a grouped one is several times slower on a CPU.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.critic import EqualLinear


class Mapping(nn.Module):
    """(n, wide_in) -> (n, wide) through `depth` slow layers; the input is set to unit power.

    What comes out is normalised over the batch: of rectified layers the same middle grows with
    every one, and what differs from seed to seed would be a small part of it.
    """

    def __init__(self, wide_in: int, wide: int, depth: int, rate: float = 0.01):
        super().__init__()
        wides = [wide_in] + [wide] * depth
        self.layers = nn.ModuleList(EqualLinear(wides[i], wides[i + 1], rate) for i in range(depth))
        self.even = nn.BatchNorm1d(wide, affine=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, wide_in) -> (n, wide)"""
        x = x * (x.float().square().mean(1, keepdim=True) + 1e-8).rsqrt()
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2) * math.sqrt(2)
        return self.even(x.float())


class ModulatedUp(nn.Module):
    """4x4 stride-2 transposed convolution whose input channels are scaled by a style.

    The weight is unit normal: demodulation takes any common factor out again, which is the
    equalised learning rate. The activation's gain sits in the demodulation, so that after the
    convolution there are three cheap passes over the picture instead of five.
    """

    def __init__(self, wide_in: int, wide_out: int, code: int):
        super().__init__()
        self.style = EqualLinear(code, wide_in, bias=1.0)
        weight = torch.randn(wide_in, wide_out, 4, 4)
        self.weight = nn.Parameter(weight.to(memory_format=torch.channels_last))
        self.bias = nn.Parameter(torch.zeros(wide_out))

    def forward(
        self, x: torch.Tensor, code: torch.Tensor, noise: torch.Tensor | None = None
    ) -> torch.Tensor:
        """x (n, wide_in, side, side), code (n, code) -> (n, wide_out, 2 side, 2 side), activated.

        `noise` (n, 1, 2 side, 2 side) is added before the activation.
        """
        style = self.style(code)
        # 4 of the 16 taps meet in one output pixel; 2 is the square of the activation's gain
        power = self.weight.square().sum((2, 3)) / (4 * 2)
        back = (style.square() @ power + 1e-8).rsqrt()
        x = F.conv_transpose2d(x * style[:, :, None, None], self.weight, None, 2, 1)
        x = torch.addcmul(
            self.bias.to(x.dtype)[:, None, None], x, back.to(x.dtype)[:, :, None, None]
        )
        if noise is not None:
            x = x.add_(noise.to(x.dtype))
        return F.leaky_relu(x, 0.2, inplace=True)


class ModulatedPaint(nn.Module):
    """The last of them: straight to the picture's channels, without demodulation or activation."""

    def __init__(self, wide_in: int, channels: int, code: int):
        super().__init__()
        self.style = EqualLinear(code, wide_in, bias=1.0)
        weight = torch.randn(wide_in, channels, 4, 4)
        self.weight = nn.Parameter(weight.to(memory_format=torch.channels_last))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.scale = 1 / math.sqrt(wide_in * 4)

    def forward(self, x: torch.Tensor, code: torch.Tensor) -> torch.Tensor:
        """x (n, wide_in, side, side), code (n, code) -> (n, channels, 2 side, 2 side)"""
        x = x * (self.style(code) * self.scale)[:, :, None, None]
        return F.conv_transpose2d(x, self.weight, self.bias, 2, 1)
