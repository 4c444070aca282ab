"""Any style learns: pairs of a content and a style picture, judged by models/style/losses.py."""

from __future__ import annotations

import random

import torch
import torch.nn.functional as F

from models.answer import to_bytes
from models.data import load_pictures
from models.learning.average import follow, twin
from models.learning.cycle import reach_of, squares
from models.learning.job import Job
from models.learning.sheet import grid
from models.registry import judge
from models.style.losses import style_transfer_loss
from models.weights import load_network

SHOWN = 7  # styles on the sheet


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    torch.manual_seed(0)
    eye = load_network(judge("eye"), device).to(memory_format=torch.channels_last)
    network = job.family.build(job.config).to(device, memory_format=torch.channels_last).train()
    if tuple(eye.stages[i].down.out_channels for i in range(3)) == job.config.widths:
        network.look_through(eye)
    average = twin(network)
    learned = [p for p in network.parameters() if p.requires_grad]
    learns = torch.optim.Adam(learned, recipe.rate, (0.9, 0.99))
    parts = {"network": network, "average": average, "learns": learns}
    if not job.restore(parts):
        job.warm_start([network, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    random.seed(job.step + 1)
    styles, weights = _styles(job)
    contents = _pictures(recipe.contents, job.config.size, device)
    held = _held_out(job)

    def sheet() -> None:
        job.folder.mkdir(parents=True, exist_ok=True)
        grid(table(average, *held), len(held[1]) + 1).save(job.folder / "sheet.png")

    for step in job.steps(recipe.batch, lambda: job.save(parts), sheet):
        content = _cut(contents, recipe, recipe.nearest_content, 1.0)
        chosen = random.choices(styles, weights)[0]
        wanted = _cut(chosen, recipe, recipe.nearest_style, recipe.farthest_style)
        with torch.no_grad():
            style, what = eye.features(wanted), eye.features(content)
        made = network(content, network.style(wanted))
        losses = style_transfer_loss(eye, made, what, style, wanted)
        loss = sum(getattr(recipe, name) * value for name, value in losses.items())
        if step % recipe.back_every == 0:
            same = network(content, network.style(content))
            losses["back"] = F.l1_loss(same, content)
            loss = loss + recipe.back * recipe.back_every * losses["back"]
        learns.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 5.0)
        learns.step()
        follow(average, network, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(**{name: value.item() for name, value in losses.items()})


def _cut(pictures: torch.Tensor, recipe, nearest: float, farthest: float) -> torch.Tensor:
    full = pictures.shape[-1]
    side = min(recipe.side, full)
    reach = reach_of(side, max(side, int(full * farthest)), nearest / farthest)
    return squares(pictures, recipe.batch, side, reach)


@torch.no_grad()
def table(network: torch.nn.Module, contents: torch.Tensor, styles: torch.Tensor):
    """uint8: styles across the top, contents down the left, what is painted between."""
    rows = [torch.cat([torch.ones_like(styles[:1]), styles])]
    known = network.style(styles)
    for content in contents:
        rows += [content[None], network(content.expand(len(styles), -1, -1, -1), known)]
    return to_bytes(torch.cat(rows))


def _styles(job: Job) -> tuple[list[torch.Tensor], list[float]]:
    own = min(job.recipe.style_size, 2 * job.config.size)
    every = ((job.data, own, 0.0), *job.recipe.also)
    shares = [share for _, _, share in every]
    shares[0] = 1 - sum(shares)
    return [_pictures(n, size, job.device) for n, size, _ in every], shares


def _pictures(name: str, size: int, device, split: str = "train") -> torch.Tensor:
    found = load_pictures(name, size, split, 3)
    if "domain" in found.names and "monet" in found.names["domain"]:  # not the photographs
        wanted = found.names["domain"].index("monet")
        return torch.from_numpy(found.pictures[found.labels["domain"] == wanted]).to(device)
    if "label" in found.names:
        kept = [n for n, name in enumerate(found.names["label"]) if "sketch" not in name]
        chosen = [i for i, n in enumerate(found.labels["label"]) if n in kept]
        return torch.from_numpy(found.pictures[chosen]).to(device)
    return torch.from_numpy(found.pictures).to(device)


def _held_out(job: Job) -> tuple[torch.Tensor, torch.Tensor]:
    """Contents and styles for the sheet that were not learned from, four and seven."""
    contents = _unseen(job.recipe.contents, job.device, "validation")
    styles = _unseen(job.data, job.device, "test")
    for name, _, _ in job.recipe.also:
        styles = torch.cat([styles, _unseen(name, job.device, "test")[:1]])
    chosen = torch.linspace(0, len(contents) - 1, 4).long()
    return contents[chosen].float() / 127.5 - 1, styles[-SHOWN:].float() / 127.5 - 1


def _unseen(name: str, device, split: str) -> torch.Tensor:
    """Held-out pictures of 128 px, or training ones where a small folder has too few."""
    try:
        return _pictures(name, 128, device, split)
    except ValueError:
        return _pictures(name, 128, device)
