"""The evidence bound of how words are said, and the mels that follow from it.

The latents of words explain length, pitch, loudness and voice of the phonemes (a Gaussian with a
learned spread each); their prior hears the text and the words before. Mels are learned beside it
from what was really said, by absolute error, on pieces of every clip.
"""

from __future__ import annotations

import dataclasses

import torch
import torch.nn.functional as F
from torch import nn

from models.data.speech import load_speech
from models.learning.average import follow, twin
from models.learning.job import Job
from models.voice.vocoder.learning import warm

from .lessons import Lessons
from .network import MANNER, spread_out

WEIGHT_PITCH = 2.0  # of the error of a frame's pitch in octaves, beside the mels'
WEIGHT_VOICE = 0.1  # of the choice between voice and none


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    data = load_speech(job.data, "train", job.config.rate, job.config.hop)
    job.config = config = dataclasses.replace(job.config, reader=data.source.name)
    torch.manual_seed(0)
    network = job.family.build(config).to(device).train()
    network.vocoder.eval()
    average = twin(network)
    spread = nn.Parameter(torch.zeros(MANNER, device=device))  # log, of each part of the manner
    learned = [p for p in network.parameters() if p.requires_grad] + [spread]
    learns = torch.optim.AdamW(learned, recipe.rate, (0.9, 0.98))
    beside = Beside(spread)
    parts = {"network": network, "average": average, "learns": learns, "beside": beside}
    if not job.restore(parts):
        job.warm_start([network, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    lessons = Lessons(data, network.vocoder.mel)
    few = load_speech(job.data, "validation", config.rate, config.hop)
    held = Lessons(few, network.vocoder.mel, beside=lessons)
    begun = job.spent

    def save() -> None:
        vary(average, lessons)
        if job.rows:
            with torch.no_grad():
                found = losses(average, held.pick(range(len(held))), beside, recipe.piece)
            job.rows[-1]["held_out"] = round(float(found["mel"]), 4)
        job.save(parts)

    for step in job.steps(recipe.batch, save, lambda: sheet(job, average, held)):
        left = 1 - (job.spent - begun) / max(job.minutes, 1e-6)
        learns.param_groups[0]["lr"] = recipe.rate * max(0.05, min(1.0, 2 * left)) * warm(step)
        found = losses(network, lessons.draw(recipe.batch), beside, recipe.piece)
        weight = min(1.0, (step + 1) / recipe.warm_up)
        loss = found["mel"] + WEIGHT_PITCH * found["pitch"] + WEIGHT_VOICE * found["voice"]
        loss = loss + 0.1 * (found["manner"] + weight * found["latents"])
        learns.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        learns.step()
        follow(average, network, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(loss=loss.item(), **{k: v.item() for k, v in found.items()})


class Beside(nn.Module):
    """What is learned beside the network and not published."""

    def __init__(self, spread: nn.Parameter):
        super().__init__()
        self.spread = spread


def losses(network, lesson, beside: Beside, count: int) -> dict[str, torch.Tensor]:
    """The parts of the loss; manner and latents in nats a phoneme."""
    text = network.read(lesson.symbols)
    true = lesson.manner.stacked()
    mean, spread = network.listen(text, true, lesson.heard, lesson.words)
    z = mean + torch.randn_like(mean) * (spread / 2).exp()
    usual, wide = network.expectations(lesson.words @ text, z)
    cost = 0.5 * (wide - spread + ((mean - usual).square() + spread.exp()) / wide.exp() - 1)
    here = lesson.here.sum()
    latents = (cost.sum(2) * lesson.spoken).sum() / here
    each = z.gather(1, lesson.owner[..., None].expand(-1, -1, z.shape[2]))
    told = network.say(text, each)
    off = (told - true).square() * lesson.counts
    manner = (off / (2 * (2 * beside.spread).exp()) + beside.spread * lesson.counts).sum() / here

    owner, place = spread_out(lesson.lengths, lesson.manner.pitch, lesson.frames)
    cut = lesson.cut(count)
    owner, place = cut(owner), cut(place)

    def framed(x: torch.Tensor) -> torch.Tensor:
        return x.gather(1, owner[..., None].expand(-1, -1, x.shape[2]))

    made, pitch, voice = network.perform(framed(text), framed(each), framed(true), place)
    mels, heard, hums, inside = (cut(x) for x in lesson.sound)
    mel = ((made - mels).abs().mean(2) * inside).sum() / inside.sum()
    hummed = hums * inside
    pitched = ((pitch - heard).abs() * hummed).sum() / hummed.sum().clamp(min=1)
    voiced = F.binary_cross_entropy_with_logits(voice, hums, reduction="none")
    voiced = (voiced * inside).sum() / inside.sum()
    return {"mel": mel, "pitch": pitched, "voice": voiced, "manner": manner, "latents": latents}


@torch.no_grad()
def written(network, lesson) -> torch.Tensor:
    """Mels (n, frames, bands) of recordings whose manner is known, latents at their means."""
    text = network.read(lesson.symbols)
    true = lesson.manner.stacked()
    z, _ = network.listen(text, true, lesson.heard, lesson.words)
    each = z.gather(1, lesson.owner[..., None].expand(-1, -1, z.shape[2]))
    owner, place = spread_out(lesson.lengths, lesson.manner.pitch, lesson.frames)
    parts = [x.gather(1, owner[..., None].expand(-1, -1, x.shape[2])) for x in (text, each, true)]
    return network.perform(*parts, place)[0]


@torch.no_grad()
def vary(network, lessons: Lessons) -> None:
    """Measure how much more real mels vary than written ones (global variance: Toda and Tokuda,
    2007), by band."""
    lesson = lessons.pick(range(0, len(lessons), max(len(lessons) // 24, 1)))
    inside = lesson.sound[3] > 0
    real, made = lesson.sound[0][inside], written(network, lesson)[inside]
    network.middle.copy_(made.mean(0))
    network.louder.copy_((real.std(0) / made.std(0).clamp(min=1e-3)).clamp(1, 1.5))


@torch.no_grad()
def sheet(job: Job, network, held: Lessons) -> None:
    """Four held-out clips, each beside what is written for it, as mels."""
    from models.learning.sheet import grid

    lesson = held.pick(range(4))
    made = written(network, lesson)
    rows = torch.stack([lesson.sound[0], made], 1).flatten(0, 1)[:, :400].transpose(1, 2).flip(1)
    shown = ((rows[:, None] / 2.5).clamp(-1, 1) + 1) * 127.5
    grid(shown.round().byte().cpu().numpy(), columns=2).save(job.folder / "sheet.png")
