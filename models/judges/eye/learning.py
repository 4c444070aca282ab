"""The eye learns classes: cross-entropy with label smoothing, mixup, random views, cosine rate.

Stochastic gradient descent with Nesterov momentum and a moving average of the weights; nothing
is blurred or given noise on purpose, since the eye has to see both.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from models.answer import to_bytes
from models.data import load_pictures
from models.judges.schedule import share_of_rate
from models.judges.views import crops, lights, mix
from models.learning.average import follow, settle, twin
from models.learning.job import Job
from models.learning.sheet import grid

LARGEST = 96  # the side of the data set


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; job.folder holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    pictures, labels = examples(job.data, recipe.also, LARGEST, "train", device)
    held, held_labels = examples(job.data, recipe.also, LARGEST, "validation", device)
    if int(labels.max()) >= job.config.classes:
        raise ValueError(
            f"{job.data} has {int(labels.max()) + 1} classes and the eye {job.config.classes}: "
            f"pass --set classes={int(labels.max()) + 1}."
        )
    torch.manual_seed(0)
    network = job.family.build(job.config).to(device, memory_format=torch.channels_last).train()
    average = twin(network)
    learns = optimiser(network, recipe)
    parts = {"network": network, "average": average, "learns": learns}
    job.restore(parts)
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    seen = {"held_out": 0.0, "held_out_64": 0.0}

    def draw(count: int) -> tuple[torch.Tensor, torch.Tensor]:
        index = torch.randint(0, len(pictures), (count,), device=device)
        side = recipe.sides[int(torch.randint(0, len(recipe.sides), ()))]
        x = pictures[index].to(torch.float32).div_(127.5).sub_(1)
        return lights(crops(x, side)), labels[index]

    def save() -> None:
        with torch.no_grad(), job.mixed():
            settle(average, lambda: average(draw(recipe.batch)[0]))
        job.save(parts)

    def sheet() -> None:
        with job.mixed():
            seen["held_out"] = accuracy(average, held, held_labels, LARGEST)
            seen["held_out_64"] = accuracy(average, held, held_labels, 64)
            grid(alike(average, held)).save(job.folder / "sheet.png")
        print(f"\n{job.name}: {job.spent:.1f} minutes, held out {seen}", flush=True)

    for step in job.steps(recipe.batch, save, sheet):
        for group in learns.param_groups:
            group["lr"] = recipe.rate * share_of_rate(job, step, warm_up=200)
        x, wanted = draw(recipe.batch)
        partner, share = torch.arange(len(x), device=device), 1.0
        if torch.rand(()) < recipe.mixing:
            x, partner, share = mix(x)
        with job.mixed():
            scores = network(x).float()
        loss = share * F.cross_entropy(scores, wanted, label_smoothing=recipe.smoothing)
        if share < 1:
            loss = loss + (1 - share) * F.cross_entropy(
                scores, wanted[partner], label_smoothing=recipe.smoothing
            )
        learns.zero_grad(set_to_none=True)
        loss.backward()
        learns.step()
        follow(average, network, recipe.average, step)
        if step % 100 == 0:
            if not torch.isfinite(loss):
                raise FloatingPointError(f"{job.name} diverged at step {step}; its state is kept")
            job.note(loss=loss.item(), rate=learns.param_groups[0]["lr"], **seen)


def examples(
    data: str, also: str, side: int, split: str, device: torch.device | str = "cpu"
) -> tuple[torch.Tensor, torch.Tensor]:
    """uint8 pictures (n, 3, side, side) and class numbers (n,) of `data` and then of `also`."""
    pictures, labels, first = [], [], 0
    for name in filter(None, (data, also)):
        found = load_pictures(name, side, split)
        if "label" not in found.labels:
            raise ValueError(f"The eye learns from labelled pictures; {name} has no labels.")
        pictures.append(found.pictures)
        labels.append(found.labels["label"] + first)
        first += len(found.names["label"])
    return (
        torch.from_numpy(np.concatenate(pictures)).to(device),
        torch.from_numpy(np.concatenate(labels)).to(device),
    )


def optimiser(network: torch.nn.Module, recipe) -> torch.optim.Optimizer:
    """Weight decay on matrices only: biases and normalisation stay free."""
    matrices = [p for p in network.parameters() if p.ndim > 1]
    vectors = [p for p in network.parameters() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": recipe.decay}, {"params": vectors}]
    return torch.optim.SGD(groups, recipe.rate, recipe.momentum, nesterov=True)


@torch.no_grad()
def accuracy(network, pictures: torch.Tensor, labels: torch.Tensor, side: int) -> float:
    """Share of uint8 pictures that get their own class, shown at `side` pixels."""
    right = 0
    for part, wanted in zip(pictures.split(128), labels.split(128), strict=True):
        right += int((network(shown(part, side)).argmax(1) == wanted).sum())
    return right / len(pictures)


def shown(pictures: torch.Tensor, side: int) -> torch.Tensor:
    """uint8 (n, c, h, w) -> float -1..1 of `side` pixels, antialiased."""
    x = pictures.to(torch.float32).div(127.5).sub(1)
    return x if x.shape[-1] == side else F.interpolate(
        x, size=(side, side), mode="bicubic", antialias=True
    )  # fmt: skip


@torch.no_grad()
def alike(network, pictures: torch.Tensor, rows: int = 8, columns: int = 8) -> np.ndarray:
    """A sheet: in each row one held-out picture and those that the eye finds most like it."""
    found = [
        network.features(shown(part, 64))[-1].float().mean((2, 3)) for part in pictures.split(128)
    ]
    points = F.normalize(torch.cat(found) - torch.cat(found).mean(0))
    asked = torch.linspace(0, len(points) - 1, rows).long().to(points.device)
    order = (points[asked] @ points.T).argsort(1, descending=True)[:, :columns]
    return to_bytes(shown(pictures[order.flatten()], 64))
