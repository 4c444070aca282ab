"""Deep residual blocks that look near and far at once, after the light CNN's own chain.

Every block reads its input with a near kernel (3 pixels) and a far one (5 pixels, every second of
them) and adds what the two together say (multi-scale residual block: Li, Fang, Mei, Zhang,
"Multi-scale Residual Network for Image Super-Resolution", ECCV 2018); at the end the answers of all
blocks are fused (Zhang et al., "Residual Dense Network", 2018, arXiv 1802.08797). The last
convolution of each begins near zero, so the whole begins as the light CNN whose weights it took.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.upscaler import SLOPE, Upscaler

FAINT = 1e-3  # of the first weights of what is added; at nothing the blocks would get no gradient
FAR = 2  # dilation of the far kernel: reaches as far as 5x5 and costs a 3x3


class Scales(nn.Module):
    """(n, wide, h, w) -> the same shape: x + fused(near(x), far(x))"""

    def __init__(self, wide: int):
        super().__init__()
        self.near = nn.Conv2d(wide, wide // 2, 3, padding=1)
        self.far = nn.Conv2d(wide, wide // 2, 3, padding=FAR, dilation=FAR)
        self.fuse = nn.Conv2d(wide // 2 * 2, wide, 1)
        for conv in (self.near, self.far):
            nn.init.kaiming_normal_(conv.weight, SLOPE)
            nn.init.zeros_(conv.bias)
        nn.init.normal_(self.fuse.weight, std=FAINT)
        nn.init.zeros_(self.fuse.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        both = torch.cat([self.near(x), self.far(x)], 1)
        return x + self.fuse(F.leaky_relu(both, SLOPE, inplace=True))


class DeepUpscaler(Upscaler):
    """(n, 3, h, w) in -1..1 -> (n, 3, h * scale, w * scale), not clamped"""

    def __init__(self, wide: int, depth: int, scale: int, blocks: int):
        super().__init__(wide, depth, scale)
        self.blocks = nn.ModuleList(Scales(wide) for _ in range(blocks))
        self.join = nn.Conv2d(wide * blocks, wide, 1)
        nn.init.normal_(self.join.weight, std=FAINT)
        nn.init.zeros_(self.join.bias)

    def deeper(self, y: torch.Tensor) -> torch.Tensor:
        """What stands before the last convolution, (n, wide, h, w), from the chain's answer."""
        said = []
        for block in self.blocks:
            y = block(y)
            said.append(y)
        return y + self.join(torch.cat(said, 1))

    @property
    def reach(self) -> int:
        """Input pixels around a spot that decide it."""
        return super().reach + FAR * len(self.blocks)
