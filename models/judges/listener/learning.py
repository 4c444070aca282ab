"""Cross-entropy over every column of labels, on real recordings only."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from models.answer import to_bytes
from models.data.sounds import load_sounds
from models.judges.schedule import share_of_rate
from models.learning.average import follow, settle, twin
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
    torch.manual_seed(0)
    network = job.family.build(job.config).to(device, memory_format=torch.channels_last).train()
    average = twin(network)
    learns = torch.optim.AdamW(network.parameters(), recipe.rate, weight_decay=recipe.decay)
    parts = {"network": network, "average": average, "learns": learns}
    job.restore(parts)
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    samples = network.spectrum.samples
    looks = torch.cat([looks_of(network, at_speed(data.sounds, s, samples)) for s in SPEEDS])
    labels = torch.from_numpy(np.stack(list(data.labels.values()), 1)).to(device)
    labels = labels.repeat(len(SPEEDS), 1)
    seen = {f"held_out_{c}": 0.0 for c in data.labels}

    def draw(count: int) -> tuple[torch.Tensor, torch.Tensor]:
        index = torch.randint(0, len(looks), (count,), device=device)
        x = looks[index]
        later = int(torch.randint(0, SHIFT + 1, ()))
        x = F.pad(x, (later, 0), value=-1.0)[..., : x.shape[3]]
        x = x + recipe.noise * torch.randn_like(x)
        level = 0.1 * torch.randn(count, 1, x.shape[2] // 8, 1, device=device)  # rooms, microphones
        return x + level.repeat_interleave(8, 2), labels[index]

    def save() -> None:
        with torch.no_grad():
            settle(average, lambda: average(draw(recipe.batch)[0]), 8)
        job.save(parts)

    def sheet() -> None:
        found = accuracies(average, held.sounds, held.labels)
        seen.update({f"held_out_{c}": share for c, share in found.items()})
        print(f"\n{job.name}: {job.spent:.1f} minutes, held out {found}", flush=True)
        wanted = np.stack([held.labels[c] for c in network.names], 1)
        wrong = (hear(average, held.sounds) != wanted).any(1)
        order = np.argsort(~wrong, kind="stable")[:32]
        grid(to_bytes(looks_of(average, held.sounds[order]).flip(2))).save(job.folder / "sheet.png")

    for step in job.steps(recipe.batch, save, sheet):
        for group in learns.param_groups:
            group["lr"] = recipe.rate * share_of_rate(job, step, warm_up=50)
        x, wanted = draw(recipe.batch)
        losses = [
            F.cross_entropy(s, wanted[:, i], label_smoothing=recipe.smoothing)
            for i, s in enumerate(network(x))
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
    found = hear(network, sounds)
    return {c: float((found[:, i] == labels[c]).mean()) for i, c in enumerate(network.names)}
