"""A text of a whole neighbourhood of latents rather than of one point.

While it learned, the decoder never saw a sentence's middle alone but draws around it; read at one
point between two sentences it writes what is half of each. So it is asked at a few spots at once,
and what they say to the next piece is averaged in log chances (a product of experts: Hinton,
"Training Products of Experts by Minimizing Contrastive Divergence", 2002).
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from models.data.vocabulary import START

COPIES = 5  # the spot itself, and so many less one around it
NEAR = 0.3  # sigmas of the prior to each side; 0 brings more words back, and more broken sentences


def around(z: torch.Tensor) -> torch.Tensor:
    """z (1, latent) -> (COPIES, latent), always by the same steps: a request stays what it is"""
    steps = torch.randn(COPIES - 1, z.shape[1], generator=torch.Generator().manual_seed(0))
    return torch.cat([z, z + NEAR * steps.to(z)])


def agreed(network, told: torch.Tensor, wide: int) -> tuple[Callable, Callable]:
    """`begin` and `step` of `wide` texts at once that are told all of `told` (copies, told); the
    state is (layers, wide, copies, width), so that a beam may reorder its texts.

    Scores are linear in what stands before them, and a mean of log chances is, but for a constant
    that is the same for every piece, a mean of scores: so the copies' hidden vectors are averaged,
    and the dearest layer is asked once a text."""
    first, onward = network.together(told)

    def step(numbers: torch.Tensor, state: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden, state = onward(numbers.to(told.device), state[0])
        return network.scores(hidden), state[None]

    def begin() -> tuple[torch.Tensor, torch.Tensor]:
        return step(torch.full((wide,), START), first.expand(1, wide, -1, -1))

    return begin, step
