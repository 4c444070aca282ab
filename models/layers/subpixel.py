"""Sub-pixel convolutions without a checkerboard.

Aitken et al., "Checkerboard artifact free sub-pixel convolution", 2017 (arXiv 1707.02937): the four
pixels that one position gives start equal. They drift apart again while a network learns, so what
is put together also goes through a small binomial filter, which stops the pattern of one pixel on,
one pixel off and little else.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


@torch.no_grad()
def even(conv: nn.Conv2d) -> nn.Conv2d:
    """Make the four outputs that `pixel_shuffle(., 2)` puts side by side the same; returns it."""
    conv.weight.copy_(conv.weight[::4].repeat_interleave(4, 0))
    if conv.bias is not None:
        conv.bias.copy_(conv.bias[::4].repeat_interleave(4, 0))
    return conv


def shuffled(x: torch.Tensor) -> torch.Tensor:
    """(n, 4 c, h, w) -> (n, c, 2 h, 2 w) without the highest frequency of rows and columns."""
    return smoothed(F.pixel_shuffle(x, 2))


def smoothed(x: torch.Tensor) -> torch.Tensor:
    """(n, c, h, w) through the binomial filter 1 2 1, both ways."""
    x = F.pad(x, (1, 1, 1, 1), mode="replicate")
    line = torch.tensor([0.25, 0.5, 0.25], device=x.device, dtype=x.dtype)
    kernel = (line[:, None] * line).expand(x.shape[1], 1, 3, 3)
    return F.conv2d(x, kernel, groups=x.shape[1])
