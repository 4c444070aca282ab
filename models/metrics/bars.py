"""Measures of families that turn bars into latents and back (models.layers.bar_vae)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from models.layers.bar_walk import straight, walk
from models.metrics.subject import Subject, row

MOST = 1024  # unseen windows that are used
PAIRS, STEPS = 64, 8  # interpolations, and steps of each


class Fair:
    """The recipe of the bound itself, whatever training paid for its latents."""

    beta, free, warm_up, drop = 1.0, 0.0, 1, 0.0


@torch.inference_mode()
def rows(
    subject: Subject, unseen: torch.Tensor, train: torch.Tensor, wide: int, hits: int | None = None
) -> list[dict[str, Any]]:
    """`unseen` and `train` windows (n, steps, ...), `wide` chances a step; `hits`: how many of the
    last axis are hits that must agree, where a step is not one number."""
    network = subject.network
    unseen = _some(unseen)

    def same(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        """(n, steps): where two windows agree"""
        return a == b if hits is None else (a[..., :hits] == b[..., :hits]).all(-1)

    def write(z: torch.Tensor) -> torch.Tensor:
        chance = torch.zeros(len(z), network.steps, wide)
        return network.write(z, chance, torch.zeros(len(z)))

    means = torch.cat([network.encode(part)[0] for part in unseen.split(256)])
    again = torch.cat([write(z) for z in means.split(256)])
    own = same(again, unseen).float().mean()
    states = network.states(means, unseen)
    flat = states.reshape(-1, states.shape[-1])
    picked = network.pick(flat, torch.zeros(len(flat), wide), torch.zeros(len(flat)))
    forced = same(picked.view(unseen.shape), unseen).float().mean()
    common = _commonest(train, hits)
    base = same(common.expand_as(unseen), unseen).float().mean()
    facts = {"baseline": float(base), "samples": len(unseen)}
    return [
        row(subject, "steps brought back, own sampling", float(own), "share", "higher", **facts),
        row(subject, "steps brought back, past known", float(forced), "share", "higher", **facts),
        _bound(subject, unseen),
        _smooth(subject, means, write, same, torch.zeros(network.steps, wide)),
    ]


def _some(windows: torch.Tensor) -> torch.Tensor:
    kept = np.sort(np.random.RandomState(0).permutation(len(windows))[:MOST])
    return windows[torch.from_numpy(kept)]


def _commonest(train: torch.Tensor, hits: int | None) -> torch.Tensor:
    """One window: at each step what is there most often; what knowing nothing brings back."""
    if hits is None:
        return train.mode(0).values
    return (train.mean(0) > 0.5).float()


def _bound(subject: Subject, unseen: torch.Tensor) -> dict[str, Any]:
    """Nats a step: what the past leaves open plus what the latents cost."""

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        found = subject.network.loss(unseen, Fair, float("inf"))
    steps = unseen.shape[1]
    return row(
        subject, "bound", float(found["loss"]) / steps, "nats a step", "lower",
        latents=float(found["latents"]), samples=len(unseen),
    )  # fmt: skip


def _smooth(
    subject: Subject, means: torch.Tensor, write: Callable, same: Callable, chance: torch.Tensor
) -> dict[str, Any]:
    """The largest of eight steps from one window to another, in units of their mean, as the page
    walks (models.layers.bar_walk); baseline: in even steps of the latents."""
    first, last = means[:PAIRS], means[PAIRS : 2 * PAIRS]
    ways = [straight(*ends) for ends in zip(first, last, strict=False)]
    made = [walk(subject.network, way, STEPS + 1, chance, 0.0) for way in ways]
    plain = [write(way[:: (len(way) - 1) // STEPS]) for way in ways]
    even, loose = (_largest(torch.stack(found), same) for found in (made, plain))
    return row(
        subject, "largest step of an interpolation", even, "mean steps", "lower",
        baseline=loose, samples=len(ways),
    )  # fmt: skip


def _largest(made: torch.Tensor, same: Callable) -> float:
    """Walks (n, STEPS + 1, steps, ...): the largest step over the mean one, mean over the walks."""
    far = 1 - same(made[:, 1:].flatten(0, 1), made[:, :-1].flatten(0, 1)).float().mean(-1)
    far = far.view(len(made), STEPS)
    return float((far.max(1).values / far.mean(1).clamp(min=1e-6)).mean())
