"""Networks that enlarge: plain 3x3 convolutions on the small picture, then one pixel shuffle.

Shi et al., "Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel
Convolutional Neural Network", 2016 (arXiv 1609.05158). The bicubic enlargement is part of the
network as a fixed convolution, so that only what it lacks has to be learned.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SLOPE = 0.1  # of the leaky rectifier, which works in place: no copy of a feature map


class Upscaler(nn.Module):
    """(n, 3, h, w) in -1..1 -> (n, 3, h * scale, w * scale), not clamped.

    Every block is `x + conv(act(conv(x)))`; its identity lies in the weights where it is a single
    convolution, so nothing is added while it runs.
    """

    def __init__(self, wide: int, depth: int, scale: int):
        super().__init__()
        self.scale = scale
        self.head = nn.Conv2d(3, wide, 3, padding=1)
        self.body = nn.ModuleList(nn.Conv2d(wide, wide, 3, padding=1) for _ in range(depth))
        self.tail = nn.Conv2d(wide, 3 * scale**2, 3, padding=1)
        self.register_buffer("base", bicubic_kernel(scale), persistent=False)
        for conv in (self.head, *self.body):
            nn.init.kaiming_normal_(conv.weight, SLOPE)
            nn.init.zeros_(conv.bias)
        with torch.no_grad():
            for conv in self.body:  # begins near the identity, as a residual block does
                conv.weight.mul_(0.3)
                conv.weight[range(wide), range(wide), 1, 1] += 1.0
            self.tail.weight.mul_(0.1)
            nn.init.zeros_(self.tail.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, 3, h, w) -> (n, 3, h * scale, w * scale)"""
        x = x.contiguous(memory_format=torch.channels_last)
        first = y = F.leaky_relu(self.head(x), SLOPE, inplace=True)
        for conv in self.body:
            y = F.leaky_relu(conv(y), SLOPE, inplace=True)
        y = self.deeper(y + first)
        return F.pixel_shuffle(self.plain(x).add_(self.tail(y)), self.scale)

    def deeper(self, y: torch.Tensor) -> torch.Tensor:
        """What stands before the last convolution; a deeper family works on it."""
        return y

    def plain(self, x: torch.Tensor) -> torch.Tensor:
        """The bicubic enlargement before the shuffle, (n, 3 * scale^2, h, w)

        Always in float32: bf16 would round every pixel by a quarter of a grey level.
        """
        with torch.autocast(x.device.type, enabled=False):
            return F.conv2d(F.pad(x, (2, 2, 2, 2), mode="replicate"), self.base, groups=3)

    @property
    def reach(self) -> int:
        """Input pixels around a spot that decide it."""
        return max(len(self.body) + 2, 2)


def bicubic_kernel(scale: int) -> torch.Tensor:
    """(3 * scale^2, 1, 5, 5): the Keys cubic (a = -0.5) at every place of the shuffle."""
    places = (np.arange(scale) + 0.5) / scale - 0.5  # in input pixels, from the middle one
    x = np.abs(places[:, None] - np.arange(-2, 3)[None])
    near = 1.5 * x**3 - 2.5 * x**2 + 1
    far = -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2
    line = np.where(x <= 1, near, np.where(x < 2, far, 0.0))  # (scale, 5)
    every = np.einsum("ai,bj->abij", line, line).reshape(scale**2, 1, 5, 5)
    return torch.from_numpy(np.tile(every, (3, 1, 1, 1)).astype(np.float32))
