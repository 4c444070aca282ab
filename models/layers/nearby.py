"""A text of a whole neighbourhood of latents rather than of one point.

While it learned, the decoder never saw a sentence's middle alone but draws around it; read at one
point between two sentences it writes what is half of each. So it is asked at a few spots at once,
and what they say to the next piece is averaged in log chances (a product of experts: Hinton,
"Training Products of Experts by Minimizing Contrastive Divergence", 2002). A decoder that learned
to write without latents too (`blind` in its recipe) has its say as a plain language model: in the
middle between two sentences, where no text was ever read, it keeps the grammar.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

COPIES = 4  # the spot itself, and so many less one around it
NEAR = 0.3  # sigmas of the prior to each side; 0 brings more words back, and more broken sentences


def around(z: torch.Tensor, plain: float) -> tuple[torch.Tensor, torch.Tensor]:
    """z (1, latent) -> spots (n, latent) and each one's share of the say (n,), always the same: a
    request stays what it is. The share `plain` is that of the last spot, which is no latents."""
    steps = torch.randn(COPIES - 1, z.shape[1], generator=torch.Generator().manual_seed(0))
    spots, shares = torch.cat([z, z + NEAR * steps.to(z)]), z.new_full((COPIES,), 1 / COPIES)
    if not plain:
        return spots, shares
    return torch.cat([spots, 0 * z]), torch.cat([(1 - plain) * shares, z.new_tensor([plain])])


def agreed(
    network, told: torch.Tensor, shares: torch.Tensor, wide: int
) -> tuple[Callable, Callable]:
    """`begin` and `step` of `wide` texts at once that are told all of `told` (copies, told), each
    with its share; the state is (layers, wide, copies, width), so that a beam may reorder."""
    copies, every = len(told), told.repeat(wide, 1)

    def mean(scores: torch.Tensor) -> torch.Tensor:
        chances = scores.float().log_softmax(-1).unflatten(0, (wide, copies))
        return (chances * shares[:, None]).sum(1)

    def begin() -> tuple[torch.Tensor, torch.Tensor]:
        scores, state = network.begin(every)
        return mean(scores), state.unflatten(1, (wide, copies))

    def step(numbers: torch.Tensor, state: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        numbers = numbers.to(told.device).repeat_interleave(copies)
        scores, state = network.step(numbers, state.flatten(1, 2), every)
        return mean(scores), state.unflatten(1, (wide, copies))

    return begin, step
