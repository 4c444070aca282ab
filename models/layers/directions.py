"""Which directions of a latent change the picture most: the sliders of a published model.

The eigenvectors of E[J'J], where J is the slope of the (shrunken) picture by the latent; see
Binxu Wang and Carlos Ponce, "A Geometric Analysis of Deep Generative Image Models and Its
Applications", ICLR 2021. Estimated with random projections: for v ~ N(0, 1), E[(J'v)(J'v)'] = J'J.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F


def strongest(
    paint: Callable[[torch.Tensor], torch.Tensor], latent: int, count: int, draws: int = 4096
) -> torch.Tensor:
    """(count, latent) unit directions, strongest first.

    `paint` maps (n, latent) standard normal numbers to pictures. Pictures are averaged to 16x16
    first, so that a direction is a change that a person sees (light, colour, shape), not grain.
    """
    seeded = torch.Generator().manual_seed(0)
    total = torch.zeros(latent, latent)
    for _ in range(draws // 64):
        z = torch.randn(64, latent, generator=seeded).mul_(0.8).requires_grad_(True)
        small = F.adaptive_avg_pool2d(paint(z), 16)
        v = torch.randn(small.shape, generator=seeded)
        (slope,) = torch.autograd.grad((small * v).sum(), z)
        total += slope.T @ slope
    _, vectors = torch.linalg.eigh(total)
    found = vectors.flip(1)[:, :count].T.contiguous()
    return found * _signs(paint, found)


@torch.no_grad()
def _signs(paint: Callable, found: torch.Tensor) -> torch.Tensor:
    """An eigenvector has no sign: let the positive side be the brighter one."""
    z = torch.randn(64, found.shape[1], generator=torch.Generator().manual_seed(1)) * 0.8
    brighter = [(paint(z + 2 * d) - paint(z - 2 * d)).mean() for d in found]
    return torch.where(torch.stack(brighter) < 0, -1.0, 1.0)[:, None]
