"""How well the next bar is foreseen and brought back, and whether tunes come back as real ones
do."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from models.layers.bar_vae import step_by_step
from models.layers.events import EVENTS
from models.metrics.bars import Fair
from models.metrics.notes import distances, scale_share
from models.metrics.subject import Subject, row
from models.music.melodyvae.lessons import shown
from models.music.wavenet.figures import markov

from .lessons import MOST, ArLessons, tunes_of

PIECES = 128  # of sixteen bars
ALIKE = 0.8  # of the steps of two bars, that they count as the same
TOGETHER = 64  # tunes that are looked at at once


@torch.inference_mode()
def rows(subject: Subject) -> list[dict[str, Any]]:
    """`ceiling` stands for real tunes; `baseline` of the bound is a chain over the last event, of
    what is brought back what the bars before say alone."""
    lessons, network = ArLessons(subject.config, subject.data), subject.network
    test = tunes_of(subject.data, "test", network.steps)
    bars, counts = lessons.whole(test)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        told = network.loss((bars, counts), Fair, float("inf"))
    cut = [(tune[: MOST * network.steps],) for tune in test]
    chain = markov([(tune,) for tune in lessons.tunes], cut, 0, EVENTS)
    back, foreseen = _brought_back(network, bars, counts)
    drawn = torch.Generator().manual_seed(0)
    noise = torch.randn(PIECES, MOST, network.latent, generator=drawn)
    chance = torch.rand(PIECES, MOST, network.steps, 1, generator=drawn)
    made = network.go_on(bars[:1, :0].expand(PIECES, -1, -1), noise, chance, 1.0)
    whole = bars[counts.all(1)]
    others = lessons.unseen[0][lessons.unseen[1].all(1)]
    ours, theirs, again = (shown(x.flatten(1)) for x in (made, whole, others))
    seen = int(counts.sum())
    return [
        row(subject, "bound", float(told["loss"]), "nats a step", "lower", baseline=chain,
            latents=float(told["latents"]), samples=seen),
        row(subject, "steps brought back, own sampling", back, "share", "higher",
            baseline=foreseen, samples=seen),
        row(subject, "two bars that come back", _again(made), "share", "near",
            ceiling=_again(whole), samples=PIECES),
        row(subject, "notes in the best scale", _inside(ours), "share", "higher",
            ceiling=_inside(theirs), samples=PIECES),
        *distances(subject, ours, theirs, again),
    ]  # fmt: skip


def _brought_back(network, bars: torch.Tensor, counts: torch.Tensor) -> tuple[float, float]:
    """Share of steps that are the same when a bar is written again from its latents, the real bars
    before it known and nothing of itself; and the same from the latents that are expected."""
    found = [0.0, 0.0]
    for some, real in zip(bars.split(TOGETHER), counts.split(TOGETHER), strict=True):
        told = network.read(some)
        past = network.past(told)
        echoes = network.echoes(some, some.shape[1]).flatten(0, 1)
        last = network.embed(some[..., -1])
        before = torch.cat([torch.zeros_like(last[:, :1]), last[:, :-1]], 1).flatten(0, 1)
        for i, (z, _) in enumerate((network.encode(told, past), network.prior(past))):
            context = torch.cat([network.context(z, past).flatten(0, 1), echoes], 2)
            still = context.new_zeros(*context.shape[:2], 1)
            again = step_by_step(
                network.goes_on, context, network.embed, network.pick, still, still[:, 0, 0], before
            )
            same = (again.view(some.shape) == some).float().mean(2)
            found[i] += float((same * real).sum())
    return tuple(x / float(counts.sum()) for x in found)


def _again(tunes: torch.Tensor) -> float:
    """Share of pairs of bars, the first left out, that one before is nearly the same as."""
    pairs = tunes.flatten(1).unflatten(1, (-1, 2 * tunes.shape[2]))
    found = [
        bool(((tune[:i] == tune[i]).float().mean(1) >= ALIKE).any())
        for tune in pairs
        for i in range(1, len(tune))
    ]
    return float(np.mean(found))


def _inside(pieces: list) -> float:
    return float(np.mean([scale_share(p) for p in pieces]))
