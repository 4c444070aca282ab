"""Which two-bar idea stands where in a piece."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import torch

from models.layers.form import MOST_PAIRS


class Drawn(NamedTuple):
    """A seed's ideas (MOST_PAIRS, latent), where a walk leads (latent,), and its chances."""

    ideas: torch.Tensor
    there: torch.Tensor
    chance: torch.Tensor


def open_noise(noise: torch.Tensor, latent: int, steps: int, wide: int) -> Drawn:
    """What `draw` put together."""
    ideas = noise[: MOST_PAIRS * latent].view(MOST_PAIRS, latent)
    there = noise[MOST_PAIRS * latent : (MOST_PAIRS + 1) * latent]
    chance = noise[(MOST_PAIRS + 1) * latent :].view(MOST_PAIRS, steps, wide)
    return Drawn(ideas, there, chance)


def arc(first: torch.Tensor, last: torch.Tensor, count: int) -> torch.Tensor:
    """Two ideas (latent,) -> `count` places (count, latent), each as likely as the two"""
    angles = torch.linspace(0, math.pi / 2, count, device=first.device)[:, None]
    return angles.cos() * first + angles.sin() * last


def ideas(
    drawn: Drawn, controls: Mapping[str, Any], bars: int = 2
) -> tuple[torch.Tensor, list[int]]:
    """Standard normal latents (pairs, latent) of each pair of bars, and which chances each uses.

    In a song the last A is the first one again; a walk goes along the arc between two ideas.
    `bars`: how many an idea holds, two but for longer phrases.
    """
    pairs, form, wander = int(controls["bars"]) // bars, controls["form"], float(controls["wander"])
    first = drawn.ideas[0]

    def near(i: int, far: float) -> torch.Tensor:
        far = min(far, 1.0)
        return (1 - far**2) ** 0.5 * first + far * drawn.ideas[i]

    if form == "loop":
        return first.expand(pairs, -1), [0] * pairs
    if form == "free":
        return drawn.ideas[:pairs], list(range(pairs))
    if form == "walk":
        return arc(first, drawn.there, max(pairs, 2))[:pairs], [0] * pairs
    # A A' B A, A again for pieces of more than eight bars, each time a little different
    found, chances = [], []
    for i in range(pairs):
        part = i % 4
        far = {0: 0.0, 1: wander / 2, 2: min(1.0, 2 * wander), 3: wander / 4}[part]
        found.append(near(min(part + 4 * (i // 4), MOST_PAIRS - 1), far) if far else first)
        chances.append(part)
    return torch.stack(found), chances
