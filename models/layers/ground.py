"""Transparent pictures on a plain ground, for networks that read RGB."""

from __future__ import annotations

import torch


def over(x: torch.Tensor, ground: torch.Tensor | float = 1.0) -> torch.Tensor:
    """RGBA (n, 4, h, w) in -1..1 on white, or on `ground` (n, 1 | 3, 1, 1) -> RGB (n, 3, h, w)"""
    share = (x[:, 3:] + 1) / 2
    return x[:, :3] * share + ground * (1 - share)
