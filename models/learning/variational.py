"""The variational loop: evidence lower bound with a calibrated Gaussian decoder.

The decoder's variance is the best one for each batch (Rybkin, Daniilidis, Levine 2021, arXiv
2006.13202), so that no weight between picture and latents has to be guessed. What is published is
the moving average with the best bound on held-out pictures: a few thousand pictures are learned by
heart otherwise.

A family that learns here builds a `models.layers.autoencoder.Autoencoder`. Conditions are the
columns of labels that the configuration names in `conditions`.
"""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F

from models.answer import to_bytes
from models.data import load_pictures
from models.layers.autoencoder import draw
from models.learning.average import follow, settle, twin
from models.learning.hiding import Hiding
from models.learning.job import Job
from models.learning.likeness import Likeness
from models.learning.sheet import grid

LOOKED_AT = 2048  # training pictures that the latents' Gaussian is measured on


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    data = load_pictures(job.data, job.config.size, "train", job.config.channels)
    job.config = job.family.fit_to(job.config, data)
    columns = getattr(job.config, "conditions", ())
    torch.manual_seed(0)
    network = job.family.build(job.config).to(device, memory_format=torch.channels_last).train()
    latest, average = twin(network), twin(network)
    learns = torch.optim.Adam(network.parameters(), recipe.rate, (0.9, 0.99))
    parts = {"network": network, "latest": latest, "average": average, "learns": learns}
    hiding = None
    if columns:
        hiding = Hiding(job.config.latent, [len(names) for names in job.config.names]).to(device)
        reads = torch.optim.Adam(hiding.parameters(), recipe.rate, (0.5, 0.99))
        parts |= {"hiding": hiding, "reads": reads}
    if not job.restore(parts):
        job.warm_start([network, latest, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    likeness = Likeness(device) if recipe.eye and job.config.channels == 3 else None
    every = _Pictures(data, columns, device)
    if columns:
        network.remember(every.labels)
    held = _held_out(job, columns) or every.some(0, 64)

    def score(judged) -> tuple[float, float]:
        """What is minimised, on held-out pictures, and the bits alone."""
        found = bits(judged, *held)["bits"]
        if not likeness:
            return found, found
        with torch.no_grad():
            made = judged(*held)[0]
            return found + recipe.eye * likeness(made, held[0]).item() / math.log(2), found

    best = [score(average)[0] if job.step else math.inf]

    def settled() -> None:
        """Measure the newest average; it is published where it beats the best one so far."""
        with torch.no_grad(), job.mixed():
            settle(latest, lambda: latest(*every.draw(recipe.batch, 0)))
        calibrate(latest, *every.some(0, LOOKED_AT))
        held_out, in_bits = score(latest)
        if job.rows:
            job.rows[-1] |= {"held_out": round(held_out, 4), "held_out_bits": round(in_bits, 4)}
        if held_out < best[0]:
            best[0] = held_out
            average.load_state_dict(latest.state_dict())

    def save() -> None:
        settled()
        job.save(parts)

    for step in job.steps(recipe.batch, save, lambda: _sheet(job, average, *held)):
        real, labels = every.draw(recipe.batch, recipe.shift)
        with job.mixed():
            made, mean, spread = network(real, labels)
        error = F.mse_loss(made.float(), real)
        latents = cost_of_latents(mean, spread).mean()
        weight = recipe.beta * min(1.0, (step + 1) / recipe.warm_up)
        loss = error.log() / 2 + weight * latents / real[0].numel()
        if likeness:
            with job.mixed():
                loss = loss + recipe.eye * likeness(made.float(), real)
        if hiding:
            z = draw(mean, spread)
            reads.zero_grad(set_to_none=True)
            guessed = hiding.reads(z, labels)
            guessed.backward()
            reads.step()
            loss = loss + recipe.hide * hiding.tells(z)
        learns.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        learns.step()
        follow(latest, network, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(
                loss=loss.item(),
                error=error.item(),
                latents=latents.item(),
                **({"guessed": guessed.item()} if hiding else {}),
            )


def cost_of_latents(mean: torch.Tensor, spread: torch.Tensor) -> torch.Tensor:
    """Kullback-Leibler divergence to the standard normal in nats, (n,)"""
    return 0.5 * (mean.square() + spread.exp() - 1 - spread).sum(1)


@torch.no_grad()
def bits(network, pictures: torch.Tensor, labels: torch.Tensor | None) -> dict[str, float]:
    """The evidence bound on pictures (n, channels, h, w) in -1..1, one latent a picture.

    `bits` are bits per channel value of the 8-bit picture (2/255 is the width of a grey level),
    `latents` the nats that the latents carry, `active` how many of them carry at least 0.01.
    """
    errors, costs, means = [], [], []
    seeded = torch.Generator().manual_seed(0)
    for i in range(0, len(pictures), 64):
        x = pictures[i : i + 64]
        mean, spread = network.encoder(x)
        noise = torch.randn(mean.shape, generator=seeded).to(mean.device)
        wishes = network.one_hot(None if labels is None else labels[i : i + 64])
        made = network.decode(mean + noise * (spread / 2).exp(), wishes)
        errors.append((made.float() - x).square().mean((1, 2, 3)))
        costs.append(cost_of_latents(mean, spread))
        means.append(mean)
    error, cost = torch.cat(errors).mean().item(), torch.cat(costs).mean().item()
    variance = network.sigma.item() ** 2
    nats = 0.5 * (math.log(2 * math.pi * variance) + error / variance) - math.log(2 / 255)
    nats += cost / pictures[0].numel()
    active = int((torch.cat(means).var(0) > 0.01).sum())
    return {"bits": nats / math.log(2), "latents": cost, "error": error, "active": active}


@torch.no_grad()
def calibrate(network, pictures: torch.Tensor, labels: torch.Tensor | None) -> None:
    """Tell the network how its latents are spread and how far its pictures are off."""
    means, spreads, errors = [], [], []
    for i in range(0, len(pictures), 64):
        x = pictures[i : i + 64]
        made, mean, spread = network(x, None if labels is None else labels[i : i + 64])
        errors.append((made.float() - x).square().mean((1, 2, 3)))
        means.append(mean)
        spreads.append(spread)
    network.calibrate(torch.cat(means), torch.cat(spreads), torch.cat(errors).mean().sqrt().item())


class _Pictures:
    """Training pictures on the device, drawn at random, mirrored where that is harmless."""

    def __init__(self, data, columns, device):
        self.pictures = torch.from_numpy(data.pictures).to(device)
        self.labels = None
        if columns:
            self.labels = torch.from_numpy(np.stack([data.labels[c] for c in columns], 1))
            self.labels = self.labels.to(device)
        self.mirror = data.source.mirror

    def some(self, start: int, count: int):
        """`count` pictures from `start` on as they are, with their labels."""
        labels = None if self.labels is None else self.labels[start : start + count]
        return _scaled(self.pictures[start : start + count]), labels

    def draw(self, count: int, shift: int):
        """`count` random pictures, all moved by up to `shift` pixels."""
        index = torch.randint(0, len(self.pictures), (count,), device=self.pictures.device)
        x = _scaled(self.pictures[index])
        if self.mirror:
            flip = torch.rand(count, device=x.device) < 0.5
            x = torch.where(flip[:, None, None, None], x.flip(3), x)
        if shift:
            top, left = torch.randint(0, 2 * shift + 1, (2,)).tolist()
            h, w = x.shape[2:]
            x = F.pad(x, (shift,) * 4, mode="reflect")[:, :, top : top + h, left : left + w]
        x = x.contiguous(memory_format=torch.channels_last)
        return x, None if self.labels is None else self.labels[index]


def _scaled(pictures: torch.Tensor) -> torch.Tensor:
    return pictures.to(torch.float32).div_(127.5).sub_(1)


def _held_out(job: Job, columns):
    """Held-out pictures, or None where a small folder has too few of them."""
    try:
        data = load_pictures(job.data, job.config.size, "validation", job.config.channels)
    except ValueError:
        return None
    return _Pictures(data, columns, job.device).some(0, 512)


@torch.no_grad()
def _sheet(job: Job, network, pictures: torch.Tensor, labels: torch.Tensor | None) -> None:
    """Two rows of pictures with their reconstructions below, then four rows of samples."""
    index = torch.arange(32, device=pictures.device) % len(pictures)
    x, wishes = pictures[index], network.one_hot(None if labels is None else labels[index])
    painted = network.decode(network.encoder(x)[0], wishes)
    noise = np.random.RandomState(0).standard_normal((32, job.config.latent)).astype(np.float32)
    samples = network.decode(network.place(torch.from_numpy(noise).to(job.device) * 0.8), wishes)
    rows = [x[:8], painted[:8], x[8:16], painted[8:16], samples]
    grid(to_bytes(torch.cat(rows))).save(job.folder / "sheet.png")
