"""Cross-entropy over every column of labels, on real pictures only."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from models.data import load_pictures
from models.judges.schedule import share_of_rate
from models.judges.views import crops
from models.learning.average import follow, settle, twin
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
    torch.manual_seed(0)
    network = job.family.build(job.config).to(device, memory_format=torch.channels_last).train()
    average = twin(network)
    learns = torch.optim.AdamW(network.parameters(), recipe.rate, weight_decay=recipe.decay)
    parts = {"network": network, "average": average, "learns": learns}
    job.restore(parts)
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    pictures = torch.from_numpy(data.pictures).to(device)
    labels = torch.from_numpy(np.stack(list(data.labels.values()), 1)).to(device)
    seen = {f"held_out_{c}": 0.0 for c in data.labels}

    def draw(count: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        index = torch.randint(0, len(pictures), (count,), device=device)
        x = pictures[index].to(torch.float32).div_(127.5).sub_(1)
        x = crops(x, job.config.size, recipe.smallest, flip=data.source.mirror, turn=0.1)
        ground = torch.rand(count, 1, 1, 1, device=device) * 2 - 1
        ground = torch.where(torch.rand_like(ground) < 0.5, 1.0, ground)  # half of them on white
        return x + recipe.noise * torch.randn_like(x), ground, labels[index]

    def save() -> None:
        with torch.no_grad(), job.mixed():
            settle(average, lambda: average(*draw(recipe.batch)[:2]))
        job.save(parts)

    def sheet() -> None:
        with job.mixed():
            found = accuracies(average, held.pictures, held.labels)
        seen.update({f"held_out_{c}": share for c, share in found.items()})
        print(f"\n{job.name}: {job.spent:.1f} minutes, held out {found}", flush=True)
        grid(misread(average, held.pictures, held.labels)).save(job.folder / "sheet.png")

    for step in job.steps(recipe.batch, save, sheet):
        for group in learns.param_groups:
            group["lr"] = recipe.rate * share_of_rate(job, step, warm_up=100)
        x, ground, wanted = draw(recipe.batch)
        with job.mixed():
            scores = network(x, ground)
        losses = [
            F.cross_entropy(s.float(), wanted[:, i], label_smoothing=recipe.smoothing)
            for i, s in enumerate(scores)
        ]
        loss = torch.stack(losses).sum()
        learns.zero_grad(set_to_none=True)
        loss.backward()
        learns.step()
        follow(average, network, recipe.average, step)
        if step % 100 == 0:
            if not torch.isfinite(loss):
                raise FloatingPointError(f"{job.name} diverged at step {step}; its state is kept")
            job.note(loss=loss.item(), **seen)


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
    found = read(network, pictures)
    wanted = (labels[c] for c in network.names)
    shares = [float((found[:, i] == w).mean()) for i, w in enumerate(wanted)]
    return dict(zip(network.names, shares, strict=True))


def misread(network, pictures: np.ndarray, labels: dict[str, np.ndarray]) -> np.ndarray:
    """Up to 64 pictures with at least one label read wrongly, filled up with the first ones."""
    wanted = np.stack([labels[c] for c in network.names], 1)
    wrong = (read(network, pictures) != wanted).any(1)
    order = np.argsort(~wrong, kind="stable")[:64]
    return pictures[order]
