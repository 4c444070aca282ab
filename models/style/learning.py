"""The loop of networks that paint in one pass: pairs of a content and a style, judged by `losses`.

For its first minutes a network only learns to give pictures back (an autoencoder from the eye's
maps), which costs no pass through the eye. Then style, content and colours count.

A family that learns here builds a network with `reader` and `decoder` and offers
`lesson(job, eye, network)`: an object with `draw()`, which answers a style for the network's second
argument and the manner that is wanted; `own(content)`, a content's own style or None; and
`sheet(average)`, a uint8 array of rows with `columns` pictures each.
"""

from __future__ import annotations

import random
from types import SimpleNamespace

import torch
import torch.nn.functional as F

from models.learning.average import follow, twin
from models.learning.job import Job
from models.learning.orthogonal import Orthogonal
from models.learning.sheet import grid
from models.registry import judge
from models.style.losses import Maps, style_transfer_loss
from models.style.painting import padded
from models.style.squares import cut, pictures_of
from models.weights import load_network

CLIP = 5.0
RIM = 16  # mirrored pixels around a square; half of what answers have


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    torch.manual_seed(0)
    eye = load_network(judge("eye"), device).to(memory_format=torch.channels_last)
    network = job.family.build(job.config).to(device, memory_format=torch.channels_last).train()
    network.reader.look_through(eye)
    random.seed(job.step + 1)
    lesson = job.family.lesson(job, eye, network)
    average = twin(network)
    learned = [p for p in network.parameters() if p.requires_grad]
    inner = [p for p in network.decoder.parameters() if p.ndim == 4 and len(p) > 12]
    outer = [p for p in learned if not any(p is q for q in inner)]
    learns = torch.optim.Adam(outer, recipe.rate, (0.9, 0.99))
    turns = Orthogonal(inner, recipe.rate_body)
    parts = {"network": network, "average": average, "learns": learns, "turns": turns}
    if not job.restore(parts):
        job.warm_start([network, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    random.seed(job.step + 1)
    contents = pictures_of(recipe.contents, job.config.size, device)

    def paint(x: torch.Tensor, style) -> torch.Tensor:
        with job.mixed():
            return padded(lambda seen: network(seen, style), x, network, RIM).float()

    def look(x: torch.Tensor) -> Maps:
        with job.mixed():
            return tuple(m.float() for m in eye.features(x))

    looking = SimpleNamespace(features=look)  # statistics of what it sees are float32

    def sheet() -> None:
        job.folder.mkdir(parents=True, exist_ok=True)
        grid(lesson.sheet(average), lesson.columns).save(job.folder / "sheet.png")

    for step in job.steps(recipe.batch, lambda: job.save(parts), sheet):
        done = job.spent / recipe.minutes
        slow = min(1.0, 2.2 - 2 * done) if done < 1 else 0.2  # the last two fifths slow down
        learns.param_groups[0]["lr"] = recipe.rate * slow
        turns.param_groups[0]["lr"] = recipe.rate_body * slow
        content = cut(contents, recipe.batch, recipe.side, recipe.nearest_content, 1.0)
        losses, loss = {}, 0.0
        if done >= recipe.copying or not recipe.copying:
            style, wanted = lesson.draw()
            with torch.no_grad():
                what = look(content)
            losses = style_transfer_loss(looking, paint(content, style), what, wanted)
            loss = sum(getattr(recipe, name) * value for name, value in losses.items())
        if not losses or step % recipe.back_every == 0:
            own = lesson.own(content)
            if own is not None:
                losses["back"] = F.l1_loss(paint(content, own), content)
                often = recipe.back_every if len(losses) > 1 else 1
                loss = loss + recipe.back * often * losses["back"]
        learns.zero_grad(set_to_none=True)
        turns.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, CLIP)
        learns.step()
        turns.step()
        follow(average, network, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(**{name: value.item() for name, value in losses.items()})
