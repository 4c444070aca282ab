"""The learning rate of a judge: a short warm-up, then half a cosine down to almost nothing."""

from __future__ import annotations

import math

LEAST = 0.002  # of the full rate: what a run that goes on past its end learns with


def share_of_rate(job, step: int, warm_up: int) -> float:
    """What part of the full rate holds at `step` of `job`, LEAST..1.

    A fresh run ends its cosine with its own minutes, so that the command on a card gives the same
    judge again; one that may be resumed ends it with the recipe's, however it is sliced.
    """
    end = job.recipe.minutes if job.resume else job.minutes
    done = min(job.spent / max(end, 1e-9), 1.0)
    cosine = max(0.5 * (1 + math.cos(math.pi * done)), LEAST)
    return cosine * min(1.0, (step + 1) / warm_up)
