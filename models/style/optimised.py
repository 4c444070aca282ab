"""Style transfer by optimisation: the reference that one pass of a network stands beside.

Gatys, Ecker, Bethge, "Image Style Transfer Using Convolutional Neural Networks", CVPR 2016, with
our own eye and with means and spreads as the style (Li et al., "Demystifying Neural Style
Transfer", 2017, arXiv 1701.01036), which is what the network was trained on too.
"""

from __future__ import annotations

import torch

from models.style.losses import Weights, style_transfer_loss

RATE = 0.03  # of Adam on pixels in -1..1


def optimised(
    eye: torch.nn.Module, content: torch.Tensor, style: torch.Tensor, steps: int, weights: Weights
) -> torch.Tensor:
    """content, style (n, 3, h, w) in -1..1 -> (n, 3, h, w), from the content in `steps` steps."""
    with torch.no_grad():
        what, manner = eye.features(content), eye.features(style)
    made = content.clone().requires_grad_(True)
    learns = torch.optim.Adam([made], RATE)
    for _ in range(steps):
        losses = style_transfer_loss(eye, made, what, manner, style)
        loss = sum(getattr(weights, name) * value for name, value in losses.items())
        learns.zero_grad(set_to_none=True)
        loss.backward()
        learns.step()
        with torch.no_grad():
            made.clamp_(-1, 1)
    return made.detach()
