"""The loop of music, and of sounds made step by step: a loss that the network tells by itself, on
windows that its lessons draw.

Serves likelihood (notes one after another) and variational families (bars to latents and back).
A family that learns here offers `lessons(config, data) -> Lessons`. What is published is the
moving average with the best loss on held-out songs: a few hundred songs are soon known by heart.
"""

from __future__ import annotations

import math
from typing import Any, Protocol

import torch
from PIL import Image

from models.learning.average import follow, twin
from models.learning.job import Job
from models.learning.rolls import rolls


class Lessons(Protocol):
    """Windows of songs as tensors, and what a network's answer to them looks like."""

    def draw(self, count: int) -> Any:
        """`count` training windows at random, moved to other keys where that is right."""

    def held(self) -> Any:
        """Held-out windows as they are, always the same ones."""

    def settle(self, network: torch.nn.Module) -> None:
        """Measure what the network must know besides its weights (how its latents are spread)."""

    def pictures(self, network: torch.nn.Module) -> list[list[Any]] | Image.Image:
        """Rows of lists of notes for the sheet: real ones, what came back, samples; or the sheet.

        Lessons may also have a `config` that is fitted to the data, and `begin(network)`: what has
        to be known before the first step.
        """


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    torch.manual_seed(0)
    lessons: Lessons = job.family.lessons(job.config, job.data)
    job.config = getattr(lessons, "config", job.config)  # fitted to the data
    network = job.family.build(job.config).to(device).train()
    if hasattr(lessons, "begin"):
        lessons.begin(network)
    latest, average = twin(network), twin(network)
    learns = torch.optim.Adam(network.parameters(), recipe.rate, (0.9, 0.99))
    parts = {"network": network, "latest": latest, "average": average, "learns": learns}
    if not job.restore(parts):
        job.warm_start([network, latest, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    held = lessons.held()

    @torch.no_grad()
    def score(judged: torch.nn.Module) -> dict[str, float]:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            found = judged.loss(held, recipe, math.inf)
        return {k: float(v) for k, v in found.items()}

    best = [score(average)["loss"] if job.step else math.inf]

    def save() -> None:
        """The newest average is published where it beats the best one so far."""
        lessons.settle(latest)
        found = score(latest)
        if job.rows:
            job.rows[-1] |= {f"held_{k}": round(v, 4) for k, v in found.items()}
        if found["loss"] < best[0]:
            best[0] = found["loss"]
            average.load_state_dict(latest.state_dict())
        job.save(parts)

    def sheet() -> None:
        with torch.no_grad():
            shown = lessons.pictures(average)
            made = shown if isinstance(shown, Image.Image) else rolls(shown)
            made.save(job.folder / "sheet.png")

    begun = job.spent
    for step in job.steps(recipe.batch, save, sheet):
        # A rate that falls to a tenth by the end of this part finishes what a large one began.
        done = min(1.0, (job.spent - begun) / max(job.minutes, 1e-6))
        for group in learns.param_groups:
            group["lr"] = recipe.rate * (0.1 + 0.45 * (1 + math.cos(math.pi * done)))
        told = network.loss(lessons.draw(recipe.batch), recipe, step)
        learns.zero_grad(set_to_none=True)
        told["loss"].backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        learns.step()
        follow(latest, network, recipe.average, step)
        if not torch.isfinite(told["loss"]):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(**{k: v.item() for k, v in told.items()})
