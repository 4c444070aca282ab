"""Random views of real pictures, so that a judge learns things and not their place or light."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F


def crops(
    x: torch.Tensor, side: int, smallest: float = 0.35, flip: bool = True, turn: float = 0.0
) -> torch.Tensor:
    """(n, c, h, w) -> (n, c, side, side): a window of `smallest` to all of the area for each.

    `turn` is the largest rotation in radians; windows are mirrored with chance one half where
    `flip` is set. Shrinking starts with one antialiased pass, so that no view shows moire.
    """
    n, device = x.shape[0], x.device
    if x.shape[-1] > 1.25 * side:
        x = F.interpolate(x, size=round(1.25 * side), mode="bilinear", antialias=True)
    area = smallest + (1 - smallest) * torch.rand(n, device=device)
    stretch = torch.exp((torch.rand(n, device=device) - 0.5) * 2 * math.log(4 / 3) / 2)
    wide, high = (area.sqrt() * stretch).clamp(max=1), (area.sqrt() / stretch).clamp(max=1)
    across, down = (torch.rand(2, n, device=device) * 2 - 1) * torch.stack([1 - wide, 1 - high])
    if flip:
        wide = wide * torch.where(torch.rand(n, device=device) < 0.5, -1.0, 1.0)
    angle = (torch.rand(n, device=device) * 2 - 1) * turn
    cos, sin = angle.cos(), angle.sin()
    rows = torch.stack(
        [
            torch.stack([wide * cos, -high * sin, across], 1),
            torch.stack([wide * sin, high * cos, down], 1),
        ],
        1,
    )
    grid = F.affine_grid(rows, (n, x.shape[1], side, side), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def lights(x: torch.Tensor, strength: float = 0.4) -> torch.Tensor:
    """Random light, contrast, richness and tint; one picture in ten loses its colour. -1..1."""
    n, device = x.shape[0], x.device

    def around(middle: float, reach: float, wide: int = 1) -> torch.Tensor:
        return middle + (torch.rand(n, wide, 1, 1, device=device) * 2 - 1) * reach

    grey = x.mean(1, keepdim=True)
    rich = around(1, strength) * (torch.rand(n, 1, 1, 1, device=device) > 0.1)
    x = grey + (x - grey) * rich
    middle = x.mean((1, 2, 3), keepdim=True)
    x = middle + (x - middle) * around(1, strength)
    return x * around(1, strength / 4, x.shape[1]) + around(0, strength / 2)


def mix(x: torch.Tensor, reach: float = 0.2) -> tuple[torch.Tensor, torch.Tensor, float]:
    """Mixup (Zhang et al. 2018, arXiv 1710.09412): mixed pictures, partner indices, own share."""
    share = float(torch.distributions.Beta(reach, reach).sample())
    partner = torch.randperm(x.shape[0], device=x.device)
    return torch.lerp(x[partner], x, share), partner, share
