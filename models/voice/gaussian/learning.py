"""Fitted once: components of the spectrograms, then where each kind lies among them."""

from __future__ import annotations

import time

import numpy as np
import torch

from models.data.sounds import load_sounds
from models.learning.hearing import HeardSet, sheet_of
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
    noise = np.random.RandomState(0).standard_normal((64, job.config.latent)).astype(np.float32)
    numbers = network.kinds(torch.from_numpy(noise) * 0.8, network.kinds.conditions.typical(64))
    sheet_of(network, numbers).save(job.folder / "sheet.png")
    job.finish(job.seen, job.spent)
