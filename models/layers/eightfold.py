"""The mean of eight answers: a picture turned and mirrored in every way that keeps its pixels.

Timofte, Rothe, Van Gool, "Seven Ways to Improve Example-Based Single Image Super Resolution", 2016
(arXiv 1511.02228). What a network says by accident of direction averages out.
"""

from __future__ import annotations

import torch


def eightfold(network, x: torch.Tensor, *more) -> torch.Tensor:
    """x (n, c, h, w) and what else the network takes -> the mean of its eight answers."""
    total = 0
    for turns in range(4):
        for mirrored in (False, True):
            seen = x.rot90(turns, (2, 3))
            made = network(seen.flip(3) if mirrored else seen, *more)
            total = total + (made.flip(3) if mirrored else made).rot90(-turns, (2, 3))
    return total / 8
