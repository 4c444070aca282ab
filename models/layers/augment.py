"""Differentiable augmentation: the same random change for real and made pictures.

Shengyu Zhao, Zhijian Liu, Ji Lin, Jun-Yan Zhu, Song Han: "Differentiable Augmentation for
Data-Efficient GAN Training", 2020 (arXiv 2006.10738). With fewer than 10,000 pictures it decides.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F


def augment(pictures: torch.Tensor, colour: bool = True) -> torch.Tensor:
    """Colour, translation by an eighth, cutout of a half side; (n, c, h, w), -1..1."""
    if colour:
        pictures = _colour(pictures)
    return _cutout(translate(pictures))


def _colour(x: torch.Tensor) -> torch.Tensor:
    n = x.shape[0]
    light, rich, contrast = torch.rand(3, n, 1, 1, 1, device=x.device, dtype=x.dtype)
    x = x + (light - 0.5)
    mean = x.mean(1, keepdim=True)
    x = (x - mean) * (rich * 2) + mean
    mean = x.mean((1, 2, 3), keepdim=True)
    return (x - mean) * (contrast + 0.5) + mean


def translate(x: torch.Tensor, share: float = 0.125, fill: float = 0.0) -> torch.Tensor:
    """Move every picture by up to `share` of its side; what comes in from outside is `fill`."""
    n, _, h, w = x.shape
    reach = int(h * share + 0.5)
    padded = F.pad(x, (reach,) * 4, value=fill).permute(0, 2, 3, 1)
    dy = torch.randint(0, 2 * reach + 1, (n, 1, 1), device=x.device)
    dx = torch.randint(0, 2 * reach + 1, (n, 1, 1), device=x.device)
    rows = torch.arange(h, device=x.device).view(1, h, 1) + dy
    columns = torch.arange(w, device=x.device).view(1, 1, w) + dx
    batch = torch.arange(n, device=x.device).view(n, 1, 1)
    return padded[batch, rows, columns].permute(0, 3, 1, 2)


def _cutout(x: torch.Tensor, share: float = 0.5) -> torch.Tensor:
    n, _, h, w = x.shape
    high, wide = int(h * share + 0.5), int(w * share + 0.5)
    top = torch.randint(0, h + (1 - high % 2), (n, 1, 1), device=x.device) - high // 2
    left = torch.randint(0, w + (1 - wide % 2), (n, 1, 1), device=x.device) - wide // 2
    rows = torch.arange(h, device=x.device).view(1, h, 1)
    columns = torch.arange(w, device=x.device).view(1, 1, w)
    hole = (rows >= top) & (rows < top + high) & (columns >= left) & (columns < left + wide)
    return x * (~hole).unsqueeze(1).to(x.dtype)
