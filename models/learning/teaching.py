"""Pairs whose large pictures are what a published network makes of the small ones, eight ways.

Hinton, Vinyals, Dean, "Distilling the Knowledge in a Neural Network", 2015 (arXiv 1503.02531). The
mean of eight answers (`layers/eightfold.py`) is nearer to the truth than any of them, and nearer to
what can be known at all than the truth, most of which no small picture tells: a network that
learns from it has far less chance to average out.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import AbstractContextManager

import numpy as np
import torch
from tqdm import tqdm

from models.answer import to_bytes
from models.data.pairs import Pairs
from models.layers.eightfold import eightfold
from models.registry import cards
from models.weights import load_network

AT_ONCE = 2**16  # pixels of small pictures that are enlarged together
CHUNK = 16  # of them at most


@torch.no_grad()
def taught(
    pairs: Pairs, teacher: str, trust: float, device: torch.device, mixed: AbstractContextManager
) -> Pairs:
    """The same small pictures; of the large ones `trust` is the teacher's, the rest the truth.

    ValueError where no such model is published, or one for another scale.
    """
    card = cards().get(teacher)
    if card is None or card.config.get("scale") != pairs.scale:
        raise ValueError(f"{teacher} is no published model that enlarges {pairs.scale} times.")
    network = load_network(card, device).to(memory_format=torch.channels_last)
    large = list(pairs.large)
    for indices in tqdm(_alike(pairs), desc=f"{teacher} teaches"):
        small = np.stack([pairs.small[i][0] for i in indices])
        x = torch.from_numpy(small).to(device, torch.float32).div(127.5).sub(1)
        with mixed:
            made = eightfold(network, x).float().clamp(-1, 1)
        truth = torch.from_numpy(np.stack([large[i] for i in indices])).to(device)
        both = torch.lerp(truth.float().div(127.5).sub(1), made, trust)
        for i, picture in zip(indices, to_bytes(both), strict=True):
            large[i] = picture
    return Pairs(large, [s[:1] for s in pairs.small], pairs.scale)


def _alike(pairs: Pairs) -> list[list[int]]:
    """Numbers of pictures that have one size, in groups that fit into memory."""
    sizes = defaultdict(list)
    for i, small in enumerate(pairs.small):
        sizes[small.shape[-2:]].append(i)
    groups = []
    for (high, wide), every in sizes.items():
        count = max(1, min(CHUNK, AT_ONCE // (high * wide)))
        groups += [every[i : i + count] for i in range(0, len(every), count)]
    return groups
