"""Families that are fitted in one step: the network offers `fit(pictures) -> share explained`."""

from __future__ import annotations

import time

import torch

from models.answer import to_bytes
from models.data import load_pictures
from models.learning.job import Job
from models.learning.sheet import grid


def learn(job: Job) -> None:
    """Fit once; the folder gets the same state and sheet that the other loops leave."""
    begun = time.monotonic()
    data = load_pictures(job.data, job.config.size, "train", job.config.channels)
    torch.manual_seed(0)
    network = job.family.build(job.config)
    pictures = torch.from_numpy(data.pictures).float() / 127.5 - 1
    if job.recipe.mirror:
        pictures = torch.cat([pictures, pictures.flip(3)])
    share = network.fit(pictures)
    job.seen, job.spent = len(pictures), (time.monotonic() - begun) / 60
    job.note(explained=share)
    job.save({"average": network})
    z = torch.randn(64, job.config.latent) * 0.8
    grid(to_bytes(network(z))).save(job.folder / "sheet.png")
    job.finish(job.seen, job.spent)
