"""Steps for convolutions whose directions all count the same (Muon: Jordan et al. 2024).

A gradient's few strong directions rule a plain step. Here the momentum of each kernel, seen as a
matrix (out, in * 9), is brought near the closest orthogonal matrix by five Newton-Schulz steps:
for kernels this small it costs a hundredth of the backward pass.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch

NEWTON = (3.4445, -4.7750, 2.0315)  # the polynomial of Jordan et al.: fast rather than exact


class Orthogonal(torch.optim.Optimizer):
    """For weights of two or more axes; `rate` is the size of a step relative to the weight."""

    def __init__(self, weights: Iterable[torch.Tensor], lr: float, momentum: float = 0.95):
        super().__init__(weights, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure=None) -> None:
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if not state:
                    state["momentum"] = torch.zeros_like(weight)
                gone = state["momentum"].lerp_(weight.grad, 1 - group["momentum"])
                ahead = weight.grad.lerp(gone, group["momentum"])
                flat = ahead.reshape(len(ahead), -1)
                step = orthogonal(flat) * max(1, flat.shape[0] / flat.shape[1]) ** 0.5
                weight.sub_(step.view_as(weight), alpha=group["lr"])


def orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """(rows, columns) -> about the nearest matrix with singular values of one."""
    a, b, c = NEWTON
    turned = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if turned else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if turned else x
