"""Nothing to learn: one step, so that it is published and measured as its rivals are."""

from __future__ import annotations

import torch

from models.learning.job import Job


def learn(job: Job) -> None:
    """Save an empty state."""
    network = job.family.build(job.config)
    job.most_steps = 1
    for _ in job.steps(1, lambda: job.save({"average": network}), lambda: None):
        torch.manual_seed(0)
