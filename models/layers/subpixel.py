"""Sub-pixel convolutions that begin without a checkerboard.

Aitken et al., "Checkerboard artifact free sub-pixel convolution", 2017 (arXiv 1707.02937): the four
pixels that one position gives start equal; with plain initialisation the grid stood in the first
thousands of answers.
"""

from __future__ import annotations

import torch
from torch import nn


@torch.no_grad()
def even(conv: nn.Conv2d) -> nn.Conv2d:
    """Make the four outputs that `pixel_shuffle(., 2)` puts side by side the same; returns it."""
    conv.weight.copy_(conv.weight[::4].repeat_interleave(4, 0))
    if conv.bias is not None:
        conv.bias.copy_(conv.bias[::4].repeat_interleave(4, 0))
    return conv
