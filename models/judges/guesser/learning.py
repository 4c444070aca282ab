"""Learns from the model's own samples, drawn anew for every step: no data set, nothing repeats."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import torch

from models.family import Card
from models.judges.schedule import share_of_rate
from models.learning.average import follow, settle, twin
from models.learning.job import Job
from models.learning.sheet import grid
from models.registry import cards, family_of, judge
from models.seek import Painter, seek
from models.weights import load_network

PICTURES = 24  # of the held-out set that the card's figures look at
STEPS = (0, 40)  # of optimisation after the guess, or after the random spots


def painter_of(data: str) -> tuple[Card, Painter]:
    """The published model of that id, as a function from spots to pictures."""
    card = cards().get(data)
    if card is None:
        raise ValueError(f"A guesser learns from a published model; {data!r} is none.")
    family = family_of(card)
    config = family.config(card.config)
    return card, Painter(load_network(card), family, config, seed=1)


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; the sheet shows samples above their guesses."""
    recipe, device = job.recipe, job.device
    paint = painter_of(job.data)[1].to(device)
    channels, size = paint.shape[0], paint.shape[1]
    job.config = dataclasses.replace(job.config, size=size, channels=channels, latent=paint.size)
    torch.manual_seed(0)
    network = job.family.build(job.config)
    network = network.to(device, memory_format=torch.channels_last).train()
    average = twin(network)
    learns = torch.optim.AdamW(network.parameters(), recipe.rate, weight_decay=recipe.decay)
    parts = {"network": network, "average": average, "learns": learns}
    job.restore(parts)
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again

    def draw(count: int) -> tuple[torch.Tensor, torch.Tensor]:
        spots = torch.randn(count, paint.size, device=device)
        with torch.no_grad():
            return paint(spots), spots

    def save() -> None:
        with torch.no_grad():
            settle(average, lambda: average(draw(recipe.batch)[0]))
        job.save(parts)

    @torch.no_grad()
    def sheet() -> None:
        pictures, _ = draw(8)
        both = torch.cat([pictures, paint(average(pictures))])
        grid(((both.clamp(-1, 1) + 1) * 127.5).byte().cpu().numpy()).save(job.folder / "sheet.png")

    for step in job.steps(recipe.batch, save, sheet):
        for group in learns.param_groups:
            group["lr"] = recipe.rate * share_of_rate(job, step, 100)
        pictures, spots = draw(recipe.batch)
        strength = recipe.noise * torch.rand(len(pictures), 1, 1, 1, device=device)
        guessed = network(pictures + strength * torch.randn_like(pictures))
        # Spots alone: to learn from the pixels of painted guesses takes three times as long.
        loss = (guessed - spots).square().mean()
        learns.zero_grad(set_to_none=True)
        loss.backward()
        learns.step()
        follow(average, network, recipe.average, step)
        if step % 100 == 0:
            if not torch.isfinite(loss):
                raise FloatingPointError(f"{job.name} diverged at step {step}; its state is kept")
            job.note(apart=loss.item())


def gains(network: torch.nn.Module, data: str) -> list[dict[str, Any]]:
    """Rows for the card: eye distance of held-out pictures to what a search reaches in few steps,
    from the guess and (as `baseline`) from random spots alone."""
    from models.answer import to_bytes
    from models.data import load_pictures
    from models.metrics.features import look

    card, paint = painter_of(data)
    eye = load_network(judge("eye"))
    held = load_pictures(card.data["name"], paint.shape[1], "test", paint.shape[0])
    pictures = held.pictures[:: max(1, len(held) // PICTURES)][:PICTURES]

    def reached(guess: torch.nn.Module | None, steps: int) -> float:
        made = []
        for picture in pictures:
            *_, (_, found) = seek(paint, picture.transpose(1, 2, 0), 1, guess, (0, steps))
            made.append(to_bytes(found.picture[None])[0])
        apart = look(eye, np.stack(made)).layout - look(eye, pictures).layout
        return float(np.linalg.norm(apart, axis=1).mean())

    return [
        {
            "name": f"eye distance after {steps} steps",
            "value": round(reached(network, steps), 4),
            "baseline": round(reached(None, steps), 4),
            "unit": "eye distance",
            "better": "lower",
            "samples": len(pictures),
            "command": f"python -m models.judges.publish judges/guesser --data {data}",
        }
        for steps in STEPS
    ]
