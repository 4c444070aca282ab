"""Cross-entropy over every column of labels, on real pictures only."""

from __future__ import annotations

import numpy as np
import torch

from models.data import load_pictures
from models.judges.lesson import Lesson, share_right
from models.judges.views import crops
from models.learning.job import Job
from models.learning.sheet import grid

from .family import CHANNELS


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; the sheet shows pictures that it misread."""
    recipe, device = job.recipe, job.device
    channels = CHANNELS.get(job.data, 3)
    data = load_pictures(job.data, job.config.size, "train", channels)
    held = load_pictures(job.data, job.config.size, "validation", channels)
    job.config = job.family.fit_to(job.config, data)
    lesson = Lesson(job)
    pictures = torch.from_numpy(data.pictures).to(device)
    labels = torch.from_numpy(np.stack(list(data.labels.values()), 1)).to(device)

    def draw(count: int):
        index = torch.randint(0, len(pictures), (count,), device=device)
        x = pictures[index].to(torch.float32).div_(127.5).sub_(1)
        x = crops(x, job.config.size, recipe.smallest, flip=data.source.mirror, turn=0.1)
        ground = torch.rand(count, 1, 1, 1, device=device) * 2 - 1
        ground = torch.where(torch.rand_like(ground) < 0.5, 1.0, ground)  # half of them on white
        return (x + recipe.noise * torch.randn_like(x), ground), labels[index]

    def examine() -> dict[str, float]:
        return accuracies(lesson.average, held.pictures, held.labels)

    def sheet() -> None:
        wrong = misread(lesson.average, held.pictures, held.labels)
        grid(wrong).save(job.folder / "sheet.png")

    lesson.run(draw, examine, sheet, warm_up=100)


@torch.no_grad()
def read(network, pictures: np.ndarray | torch.Tensor) -> np.ndarray:
    """uint8 (n, c, h, w) -> class numbers (n, columns), on white ground."""
    device = next(network.parameters()).device
    found = []
    for part in torch.as_tensor(pictures).split(256):
        scores = network(part.to(device, torch.float32) / 127.5 - 1)
        found.append(torch.stack([s.argmax(1) for s in scores], 1).cpu())
    return torch.cat(found).numpy()


def accuracies(
    network, pictures: np.ndarray | torch.Tensor, labels: dict[str, np.ndarray]
) -> dict[str, float]:
    """Share of pictures whose label is read right, by column."""
    return share_right(read(network, pictures), labels, network.names)


def misread(network, pictures: np.ndarray, labels: dict[str, np.ndarray]) -> np.ndarray:
    """Up to 64 pictures with at least one label read wrongly, filled up with the first ones."""
    wanted = np.stack([labels[c] for c in network.names], 1)
    wrong = (read(network, pictures) != wanted).any(1)
    order = np.argsort(~wrong, kind="stable")[:64]
    return pictures[order]
