"""Cross-entropy over every column of labels, on real recordings only."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from models.answer import to_bytes
from models.data.sounds import load_sounds
from models.judges.lesson import Lesson, share_right
from models.learning.hearing import SPEEDS, at_speed
from models.learning.job import Job
from models.learning.sheet import grid

SHIFT = 4  # looks' frames (16 ms each) that a sound may begin later
BATCH = 64


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; the sheet shows sounds that it misheard."""
    recipe, device = job.recipe, job.device
    data, held = load_sounds(job.data, "train"), load_sounds(job.data, "validation")
    job.config = job.family.fit_to(job.config, data)
    lesson = Lesson(job)
    network, average = lesson.network, lesson.average
    samples = network.spectrum.samples
    looks = torch.cat([looks_of(network, at_speed(data.sounds, s, samples)) for s in SPEEDS])
    labels = torch.from_numpy(np.stack(list(data.labels.values()), 1)).to(device)
    labels = labels.repeat(len(SPEEDS), 1)

    def draw(count: int):
        index = torch.randint(0, len(looks), (count,), device=device)
        x = looks[index]
        later = int(torch.randint(0, SHIFT + 1, ()))
        x = F.pad(x, (later, 0), value=-1.0)[..., : x.shape[3]]
        x = x + recipe.noise * torch.randn_like(x)
        level = 0.1 * torch.randn(count, 1, x.shape[2] // 8, 1, device=device)  # rooms, microphones
        return (x + level.repeat_interleave(8, 2),), labels[index]

    def examine() -> dict[str, float]:
        return accuracies(average, held.sounds, held.labels)

    def sheet() -> None:
        wanted = np.stack([held.labels[c] for c in network.names], 1)
        wrong = (hear(average, held.sounds) != wanted).any(1)
        order = np.argsort(~wrong, kind="stable")[:32]
        grid(to_bytes(looks_of(average, held.sounds[order]).flip(2))).save(job.folder / "sheet.png")

    lesson.run(draw, examine, sheet, warm_up=50)


@torch.no_grad()
def looks_of(network, sounds: np.ndarray) -> torch.Tensor:
    """Sounds (n, samples) -> looks (n, 1, bands / 2, frames / 2), a few at a time."""
    device = next(network.parameters()).device
    parts = np.array_split(sounds, max(len(sounds) // BATCH, 1))
    return torch.cat([network.look(torch.from_numpy(p).to(device)) for p in parts])


@torch.no_grad()
def hear(network, sounds: np.ndarray) -> np.ndarray:
    """Sounds (n, samples) float32 -> class numbers (n, columns)."""
    found = [network(part) for part in looks_of(network, sounds).split(BATCH)]
    return torch.cat([torch.stack([s.argmax(1) for s in f], 1) for f in found]).cpu().numpy()


def accuracies(network, sounds: np.ndarray, labels: dict[str, np.ndarray]) -> dict[str, float]:
    """Share of sounds whose label is heard right, by column."""
    return share_right(hear(network, sounds), labels, network.names)
