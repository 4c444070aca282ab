"""What all loops of texts share: one optimiser, a moving average, and the best of it so far."""

from __future__ import annotations

import math

import torch
from torch import nn

from models.judges.schedule import share_of_rate
from models.learning.average import follow, twin
from models.learning.job import Job


class Learner:
    """`network` learns, `latest` follows it, and `average`, which is published, is the `latest`
    that did best on held-out texts. `beside` learns with the network and is never published."""

    def __init__(self, job: Job, network: nn.Module, **beside: nn.Module) -> None:
        self.job, self.network, self.best = job, network, math.inf
        self.average, self.latest = twin(network), twin(network)
        weights = [p for part in (network, *beside.values()) for p in part.parameters()]
        self.learns = torch.optim.Adam(weights, job.recipe.rate, (0.9, 0.99))
        self.parts = {"network": network, "average": self.average, "latest": self.latest}
        self.parts |= {**beside, "learns": self.learns}

    def begin(self) -> bool:
        """Go on where the job stood, or from the published weights; whether a state was there."""
        if not self.job.restore(self.parts):
            self.job.warm_start([self.network, self.average, self.latest])
        torch.manual_seed(self.job.step + 1)  # a resumed run does not see the same draws again
        return self.job.step > 0

    def set_rate(self, step: int) -> None:
        """The rate of this step, by the share of the minutes that have passed."""
        for group in self.learns.param_groups:
            group["lr"] = self.job.recipe.rate * share_of_rate(self.job, step, warm_up=100)

    def descend(self, loss: torch.Tensor, step: int) -> None:
        """One step down. FloatingPointError where the loss is not finite."""
        self.learns.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.learns.step()
        follow(self.latest, self.network, self.job.recipe.average, step)
        if not torch.isfinite(loss):
            name = self.job.name
            raise FloatingPointError(f"{name} diverged at step {step}; its saved state is kept")

    def keep_best(self, found: dict[str, float], score: float) -> None:
        """Note what `latest` reached on held-out texts (`score`: the lower the better); where it is
        the best so far, `average` becomes it."""
        if self.job.rows:
            held = {f"held_{name}": round(value, 3) for name, value in found.items()}
            self.job.rows[-1] |= held
        if score < self.best:
            self.best = score
            self.average.load_state_dict(self.latest.state_dict())

    def save(self) -> None:
        """The whole state."""
        self.job.save(self.parts)
