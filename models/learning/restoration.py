"""The loop for pictures that have one right answer: L1 in luma and chroma, EMA, cosine to the end.

Errors are weighed as eyes and papers do: the luma counts in full, the two colour differences a
quarter each (the training pictures' own chroma is soft). Kernels inside the network take
orthogonalised steps, its two ends and all biases Adam's. What is published is the moving average.

A family that learns here offers `build(config)` with `scale`, `head`, `body`, `tail` and, where it
is deeper, `blocks`; or a blend of two of those, whose `vivid` end learns while `faithful` stays.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import torch
import torch.nn.functional as F

from models.answer import to_bytes
from models.data.pairs import Pairs, load_pairs
from models.learning.average import follow, twin
from models.learning.job import Job
from models.learning.orthogonal import Orthogonal
from models.learning.sheet import grid
from models.learning.teaching import taught
from models.metrics.psnr import psnr_y
from models.registry import cards
from models.weights import load_network

SIZES = (1.0, 0.85, 0.7, 0.6)  # shares of a training picture's side in which it is shown
PALE = 0.5  # the least contrast that a patch keeps
MIXED = 0.4  # share of patches that another one shines through
AGAIN = 0.4  # of the full rate: where a run that goes on begins its new cosine
LUMA = ((0.299, 0.587, 0.114), (-0.042, -0.083, 0.125), (0.125, -0.105, -0.02))


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    sizes = SIZES[::2] if recipe.teacher else SIZES  # a lesson of ten minutes on one core as it is
    pairs = load_pairs(job.data, job.config.scale, sizes=sizes, more=True)
    if recipe.teacher:
        pairs = taught(pairs, recipe.teacher, recipe.trust, device, job.mixed())
    data = Patches(pairs, recipe, device)
    held = _held_out(job)
    job.config = dataclasses.replace(job.config, scale=data.scale)
    torch.manual_seed(0)
    average = job.family.build(job.config).to(device, memory_format=torch.channels_last)
    follows = getattr(average, "vivid", average)  # the other end of a blend stays as it began
    network = twin(follows).requires_grad_(True).train()
    learns, turns = optimisers(network, recipe)
    parts = {"network": network, "average": average, "learns": learns, "turns": turns}
    if not job.restore(parts):
        if not job.warm_start([average]):
            begin_like(job, average)
        network.load_state_dict(follows.state_dict())
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    weigh = torch.tensor(LUMA, device=device)[:, :, None, None]
    rate = Cosine(job)

    def save() -> None:
        if job.rows and held is not None:
            job.rows[-1]["held_out"] = round(quality(average, held, device), 3)
        job.save(parts)

    for step in job.steps(recipe.batch, save, lambda: sheet(job, average, held or data.pairs)):
        share = rate(step)
        learns.param_groups[0]["lr"] = recipe.rate * share
        turns.param_groups[0]["lr"] = recipe.rate_body * share
        small, large = varied(*data.draw())
        with job.mixed():
            made = network(small)
        error = F.conv2d(made.float() - large, weigh)
        loss = (error.abs() + recipe.squares * error.square()).sum(1).mean()
        learns.zero_grad(set_to_none=True)
        turns.zero_grad(set_to_none=True)
        loss.backward()
        learns.step()
        turns.step()
        follow(follows, network, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(loss=loss.item(), rate=share)


def optimisers(network, recipe) -> tuple[torch.optim.Adam, Orthogonal]:
    """Adam for both ends and all biases; orthogonal steps for the kernels between."""
    between = [part for name in ("body", "blocks") if (part := getattr(network, name, None))]
    inner = [p for part in between for p in part.parameters() if p.ndim == 4]
    known = {id(p) for p in inner}
    outer = [p for p in network.parameters() if id(p) not in known and p.requires_grad]
    return (
        torch.optim.Adam(outer, recipe.rate, (0.9, 0.99)),
        Orthogonal(inner, recipe.rate_body),
    )


def begin_like(job: Job, network: torch.nn.Module) -> None:
    """Start as another run's average (`recipe.like`: a folder's name below runs/) or, without that
    run, as its published model; where shapes agree: a tail for another scale stays fresh. Both ends
    of a blend start alike."""
    path = job.folder.parent / job.recipe.like / "state.pt"
    card = cards().get(job.recipe.like.replace("-", "/", 1))
    if job.recipe.like and path.exists():
        known = torch.load(path, map_location=job.device, weights_only=True)["parts"]["average"]
    elif card:
        known = load_network(card, job.device).state_dict()
    else:
        return
    ends = (network.faithful, network.vivid) if hasattr(network, "vivid") else (network,)
    for end in ends:
        own = end.state_dict()
        fits = {k: v for k, v in known.items() if k in own and own[k].shape == v.shape}
        end.load_state_dict(own | fits)


class Cosine:
    """Share of the full rate: half a cosine over this part's minutes (or steps, in tests)."""

    def __init__(self, job: Job):
        self.job, self.begun, self.first = job, job.spent, job.step
        self.peak = AGAIN if job.step else 1.0

    def __call__(self, step: int) -> float:
        done = (self.job.spent - self.begun) / max(self.job.minutes, 1e-9)
        slow = min(1.0, (step - self.first + 1) / 50)
        return self.peak * slow * (0.5 + 0.5 * math.cos(math.pi * min(done, 1.0)))


class Patches:
    """Random patches of pairs on the device, turned and mirrored."""

    def __init__(self, pairs: Pairs, recipe, device: torch.device):
        sides = sorted(min(s.shape[-2:]) for s in pairs.small)
        self.side = min(recipe.patch, sides[len(sides) // 2])  # a small picture or two stay out
        kept = [i for i, s in enumerate(pairs.small) if min(s.shape[-2:]) >= self.side]
        self.large = [torch.from_numpy(pairs.large[i]) for i in kept]
        self.small = [torch.from_numpy(pairs.small[i]) for i in kept]
        self.pairs, self.scale, self.batch, self.device = pairs, pairs.scale, recipe.batch, device

    def draw(self) -> tuple[torch.Tensor, torch.Tensor]:
        """small (batch, 3, side, side) and large (batch, 3, side * scale, side * scale), -1..1"""
        side, scale = self.side, self.scale
        smalls, larges = [], []
        for index in torch.randint(len(self.large), (self.batch,)).tolist():
            small, large = self.small[index], self.large[index]
            small = small[int(torch.randint(len(small), ()))]
            top = int(torch.randint(small.shape[1] - side + 1, ()))
            left = int(torch.randint(small.shape[2] - side + 1, ()))
            small = small[:, top : top + side, left : left + side]
            high, wide = slice(top * scale, (top + side) * scale), slice(left * scale, None)
            large = large[:, high, wide][:, :, : side * scale]
            turns, mirrored = int(torch.randint(4, ())), bool(torch.randint(2, ()))
            small, large = (x.rot90(turns, (1, 2)) for x in (small, large))
            smalls.append(small.flip(2) if mirrored else small)
            larges.append(large.flip(2) if mirrored else large)
        pair = (torch.stack(smalls), torch.stack(larges))
        small, large = (x.to(self.device, torch.float32).div_(127.5).sub_(1) for x in pair)
        return small.contiguous(memory_format=torch.channels_last), large


def varied(small: torch.Tensor, large: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Pairs at random contrast and brightness, some with another one shining through: shrinking is
    linear, so they stay pairs. A few hundred photographs are learned by heart without."""
    n = len(small)
    share = torch.rand(n, 1, 1, 1, device=small.device) * (
        torch.rand(n, 1, 1, 1, device=small.device) < MIXED
    )
    other = torch.randperm(n, device=small.device)
    contrast = PALE + (1 - PALE) * torch.rand(n, 1, 1, 1, device=small.device)
    light = (1 - contrast) * (2 * torch.rand(n, 1, 1, 1, device=small.device) - 1)
    small, large = (torch.lerp(x, x[other], share) * contrast + light for x in (small, large))
    return small, large


def _held_out(job: Job) -> Pairs | None:
    """Held-out pictures, or None where a small folder has none."""
    try:
        return load_pairs(job.data, job.config.scale, "validation")
    except ValueError:
        return None


@torch.no_grad()
def quality(network, pairs: Pairs, device, most: int = 16) -> float:
    """Mean PSNR-Y over held-out pictures, one worn version of each."""
    every = range(0, len(pairs), max(1, len(pairs) // most))
    return float(
        np.mean([psnr_y(_enlarge(network, pairs, i, device), _rows(pairs.large[i]), pairs.scale)
                 for i in every])
    )  # fmt: skip


@torch.no_grad()
def sheet(job: Job, network, pairs: Pairs) -> None:
    """Eight middles: the plain enlargement, what the network makes of it, and the original."""
    tops: list[list[np.ndarray]] = [[], [], []]
    side = min(32, *(min(s.shape[-2:]) for s in pairs.small[:8]))
    for small, large in zip(pairs.small[:8], pairs.large[:8], strict=True):
        top, left = ((s - side) // 2 for s in small.shape[-2:])
        part = torch.from_numpy(small[:1, :, top : top + side, left : left + side].copy())
        x = part.to(job.device, torch.float32).div(127.5).sub(1)
        tops[0].append(to_bytes(F.interpolate(x, scale_factor=pairs.scale, mode="bicubic"))[0])
        tops[1].append(to_bytes(network(x))[0])
        s = pairs.scale
        real = large[:, top * s : (top + side) * s, left * s : (left + side) * s]
        tops[2].append(real)
    columns = len(tops[0])
    grid(np.stack([p for line in tops for p in line]), columns).save(job.folder / "sheet.png")


def _enlarge(network, pairs: Pairs, index: int, device) -> np.ndarray:
    x = torch.from_numpy(pairs.small[index][:1]).to(device, torch.float32).div(127.5).sub(1)
    return _rows(to_bytes(network(x))[0])


def _rows(picture: np.ndarray) -> np.ndarray:
    return picture.transpose(1, 2, 0)
