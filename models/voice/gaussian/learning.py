"""Fitted once: components of the spectrograms, then where each kind lies among them."""

from __future__ import annotations

import time

import torch

from models.data.sounds import load_sounds
from models.learning.hearing import HeardSet, samples_of
from models.learning.job import Job


def learn(job: Job) -> None:
    """Fit once; the folder gets the same state and sheet that the other loops leave."""
    begun = time.monotonic()
    data = load_sounds(job.data, "train")
    job.config = job.family.fit_to(job.config, data)
    torch.manual_seed(0)
    network = job.family.build(job.config)
    heard = HeardSet(data, network, (1.0,), fit=True)
    network.kinds.fit(heard.numbers, torch.zeros_like(heard.numbers), heard.labels)
    job.seen, job.spent = len(heard), (time.monotonic() - begun) / 60
    job.note(sounds=len(heard))
    job.save({"average": network})
    samples_of(network, job.config.latent).save(job.folder / "sheet.png")
    job.finish(job.seen, job.spent)
