"""Moving average of weights: the network that is published (Karras et al. 2018, section C)."""

from __future__ import annotations

import copy

import torch
from torch import nn


def twin(network: nn.Module) -> nn.Module:
    """A copy that only follows."""
    return copy.deepcopy(network).requires_grad_(False).eval()


@torch.no_grad()
def follow(average: nn.Module, network: nn.Module, rate: float, step: int) -> None:
    """Move `average` towards `network`; early steps move faster, so that the start is forgotten."""
    rate = min(rate, (1 + step) / (10 + step))
    ours, theirs = list(average.parameters()), list(network.parameters())
    torch._foreach_lerp_(ours, theirs, 1 - rate)
    for a, b in zip(average.buffers(), network.buffers(), strict=True):
        a.copy_(b)


@torch.no_grad()
def settle(network: nn.Module, run, batches: int = 16) -> None:
    """Measure batch-norm statistics again for averaged weights: `run()` is one forward pass."""
    norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d | nn.BatchNorm1d)]
    if not norms:
        return
    kept = [m.momentum for m in norms]
    for m in norms:
        m.reset_running_stats()
        m.momentum = None  # cumulative mean over the batches
        m.train()
    for _ in range(batches):
        run()
    for m, momentum in zip(norms, kept, strict=True):
        m.momentum = momentum
        m.eval()
