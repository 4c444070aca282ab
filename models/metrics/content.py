"""How much of a picture's drawing is kept: edges of the result against edges of the source."""

from __future__ import annotations

import torch
import torch.nn.functional as F

LUMA = (0.299, 0.587, 0.114)
SIDE = 256  # pixels at which edges are compared


def sobel_cosine(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """RGB (n, 3, h, w) twice -> (n,) cosine of the two maps of edge strength, 0..1."""
    return F.cosine_similarity(_edges(a).flatten(1), _edges(b).flatten(1), eps=1e-6)


def _edges(x: torch.Tensor) -> torch.Tensor:
    """Magnitude of the Sobel slopes of the luma at SIDE pixels."""
    if x.shape[-2:] != (SIDE, SIDE):
        x = F.interpolate(x, size=(SIDE, SIDE), mode="bicubic", antialias=True)
    luma = (x * torch.tensor(LUMA, device=x.device).view(1, 3, 1, 1)).sum(1, keepdim=True)
    across = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]], device=x.device)[None, None]
    slopes = F.conv2d(luma, torch.cat([across, across.mT]))
    return slopes.square().sum(1).sqrt()
