"""Style transfer by optimisation: the reference that one pass of a network stands beside.

Gatys, Ecker, Bethge, "Image Style Transfer Using Convolutional Neural Networks", CVPR 2016, with
our own eye and with means and spreads as the style (Li et al., "Demystifying Neural Style
Transfer", 2017, arXiv 1701.01036), which is what the network was trained on too.

What is judged went through the filter that every network here ends with: free pixels lower the
loss by a stipple of single dots that the eye's strides see as paint, and people see as noise.
"""

from __future__ import annotations

import torch

from models.layers.subpixel import smoothed
from models.style.losses import Weights, manner_of, style_transfer_loss

RATE = 0.03  # of Adam on pixels in -1..1


def optimised(
    eye: torch.nn.Module, content: torch.Tensor, style: torch.Tensor, steps: int, weights: Weights
) -> torch.Tensor:
    """content, style (n, 3, h, w) in -1..1 -> (n, 3, h, w), from the content in `steps` steps."""
    with torch.no_grad():
        what, wanted = eye.features(content), manner_of(style, eye.features(style))
    pixels = content.clone().requires_grad_(True)
    learns = torch.optim.Adam([pixels], RATE)
    for _ in range(steps):
        losses = style_transfer_loss(eye, smoothed(pixels), what, wanted)
        loss = sum(getattr(weights, name) * value for name, value in losses.items())
        learns.zero_grad(set_to_none=True)
        loss.backward()
        learns.step()
        with torch.no_grad():
            pixels.clamp_(-1, 1)
    return smoothed(pixels.detach())
