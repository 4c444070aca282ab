"""Evidence lower bound with a calibrated decoder (Rybkin, Daniilidis, Levine 2021, arXiv
2006.13202), in the units of the spectrogram: a coefficient counts by its size."""

from __future__ import annotations

import math

import numpy as np
import torch

from models.data.sounds import load_sounds
from models.learning.average import follow, twin
from models.learning.hearing import HeardSet, held_out, sheet_of
from models.learning.job import Job
from models.learning.variational import cost_of_latents


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    data = load_sounds(job.data, "train")
    job.config = job.family.fit_to(job.config, data)
    torch.manual_seed(0)
    network = job.family.build(job.config).to(device).train()
    latest, average = twin(network), twin(network)
    learned = [p for p in network.parameters() if p.requires_grad]
    learns = torch.optim.Adam(learned, recipe.rate, (0.9, 0.99))
    parts = {"network": network, "latest": latest, "average": average, "learns": learns}
    known = job.restore(parts) or job.warm_start([network, latest, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    every = HeardSet(data, network, fit=not known)
    for other in (latest, average):
        other.basis.load_state_dict(network.basis.state_dict())
    held = held_out(job, network) or every
    best = [bound(average, held) if job.step else math.inf]

    def save() -> None:
        """The average with the best bound on held-out sounds is what is published."""
        place_kinds(latest, every)
        found = bound(latest, held)
        if job.rows:
            job.rows[-1]["held_out"] = round(found, 4)
        if found < best[0]:
            best[0] = found
            average.load_state_dict(latest.state_dict())
        job.save(parts)

    for step in job.steps(recipe.batch, save, lambda: _sheet(job, average, held)):
        real, _ = every.draw(recipe.batch)
        made, mean, spread = network(real)
        error = distance(network, made, real).mean()
        latents = cost_of_latents(mean, spread).mean()
        weight = recipe.beta * min(1.0, (step + 1) / recipe.warm_up)
        loss = job.config.basis / 2 * error.log() + weight * latents
        learns.zero_grad(set_to_none=True)
        (loss / job.config.basis).backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        learns.step()
        follow(latest, network, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(loss=loss.item(), error=error.item(), latents=latents.item())


def distance(network, made: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """Squared distance of coefficients (n, basis) as a share of the data's own spread, (n,)"""
    weight = network.basis.sizes.square()
    return ((made - real).square() * weight).sum(1) / weight.sum()


@torch.no_grad()
def bound(network, held: HeardSet) -> float:
    """The evidence bound in nats a sound, up to a constant, with one latent a sound."""
    mean, spread = network.encode(held.numbers)
    noise = torch.randn(mean.shape, generator=torch.Generator().manual_seed(0)).to(mean.device)
    made = network.decoder(mean + noise * (spread / 2).exp())
    error = distance(network, made, held.numbers).mean()
    nats = len(network.basis.sizes) / 2 * error.log() + cost_of_latents(mean, spread).mean()
    return float(nats)


@torch.no_grad()
def place_kinds(network, heard: HeardSet) -> None:
    """Measure where the training sounds of each kind lie."""
    mean, spread = network.encode(heard.numbers[: heard.plain])
    network.kinds.fit(mean, spread.exp(), heard.labels[: heard.plain])


@torch.no_grad()
def _sheet(job: Job, network, held: HeardSet) -> None:
    """Two rows of sounds with their reconstructions below, then four rows of samples."""
    index = torch.linspace(0, held.plain - 1, 16).long()
    x = held.numbers[index]
    painted = network.decoder(network.encode(x)[0])
    noise = np.random.RandomState(0).standard_normal((32, job.config.latent)).astype(np.float32)
    wishes = network.kinds.conditions.one_hot(held.labels[index].repeat(2, 1))
    z = network.kinds(torch.from_numpy(noise).to(job.device) * 0.8, wishes)
    rows = [x[:8], painted[:8], x[8:], painted[8:], network.decoder(z)]
    sheet_of(network, torch.cat(rows)).save(job.folder / "sheet.png")
