"""The spot of a latent that comes nearest to a person's picture, for models without an encoder.

The best of many random spots, then gradient steps on likeness in pixels and in the eye's features;
after Zhu et al., "Generative Visual Manipulation on the Natural Image Manifold", 2016 (arXiv
1609.03552), and Zhang et al., 2018 (arXiv 1801.03924), for the features.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from models.family import Asked, Code, Control, Family
from models.layers.own_picture import prepare, prepare_digit
from models.layers.walk import encode
from models.metrics.features import shown
from models.registry import judge
from models.weights import load_network

DRAWN = 128  # random spots looked at first
TOGETHER = 16  # of them in one pass: a step shall not hold up who moves a slider
KEPT = 2  # of the best ones go on side by side for FIRST steps, since some get stuck
FIRST, REST = 30, 130  # steps from each of the nearest spots, then from the best one
RATE = 0.08  # Adam's, in units of the prior's spread; it falls to nothing over the second half
FEATURES = 0.25  # weight of a feature map beside pixels (twice their mean square)
HOME = 0.05  # weight of staying as far from the middle as random spots are
SHOWN = 5  # steps between two previews


class Found(NamedTuple):
    """The nearest picture so far, (channels, height, width) in -1..1, and the controls for it."""

    picture: torch.Tensor
    controls: dict[str, Any]


def seek(
    network: torch.nn.Module,
    family: Family,
    config: Any,
    asked: Asked,
    picture: np.ndarray,
    device: torch.device | str = "cpu",
) -> Iterator[tuple[float, Found | None]]:
    """(fraction done, what was found or None); the last one holds the best spot.

    `picture`: uint8 (height, width, 1 | 3 | 4), of which the middle square counts. TypeError for a
    family without a `Code` control.
    """
    declared = family.controls(config)
    code = next((c for c in declared if isinstance(c, Code)), None)
    if code is None:
        raise TypeError(f"{family.id} has no place for a found spot.")
    plain = neutral(declared)
    rest = torch.from_numpy(family.noise(config, Asked(asked.seed, plain)))[code.size :]
    rest = rest.to(device)[None]

    def paint(z: torch.Tensor) -> torch.Tensor:
        row = Asked(asked.seed, plain)
        noise = torch.cat([z, rest.expand(len(z), -1)], 1)
        return family.generate(network, config, [row] * len(z), noise)

    size, channels = _shape(paint, code.size, device)
    ready = prepare_digit(picture, size) if channels == 1 else prepare(picture, size, channels)
    unlike = likeness(ready[None].to(device))
    steps, done = DRAWN // TOGETHER + FIRST + REST, 0

    drawn = np.random.RandomState(asked.seed).standard_normal((DRAWN, code.size))
    spots = torch.from_numpy(drawn.astype(np.float32)).to(device)
    losses = []
    for part in spots.split(TOGETHER):
        with torch.no_grad():
            losses.append(unlike(paint(part)))
        done += 1
        yield done / steps, None
    order = torch.cat(losses).argsort()[:KEPT]
    z = spots[order].clone().requires_grad_(True)
    best, least = z[:1].detach(), float("inf")
    for count in (FIRST, REST):
        learns = torch.optim.Adam([z], RATE)
        for step in range(count):
            if count == REST:
                learns.param_groups[0]["lr"] = RATE * min(1.0, 2 * (1 - step / count))
            made = paint(z)
            loss = unlike(made)
            now, low = loss.detach().min(0)
            if float(now) < least:
                least, best = float(now), z.detach()[low][None].clone()
                nearest = made[low].detach()
            far = HOME * (z.square().mean(1) - 1).square()
            (z.grad,) = torch.autograd.grad((loss + far).sum(), z)
            learns.step()
            done += 1
            see = done % SHOWN == 0 or done == steps
            found = Found(nearest, plain | {code.name: encode(best[0].cpu().numpy())})
            yield done / steps, found if see else None
        z = best.clone().requires_grad_(True)


def neutral(declared: Sequence[Control]) -> dict[str, Any]:
    """Every control at its default, the spread at 1: a found spot needs no taming."""
    plain = {c.name: c.default for c in declared}
    return plain | {"spread": 1.0} if "spread" in plain else plain


def likeness(picture: torch.Tensor) -> Any:
    """A function of pictures (n, channels, h, w): how unlike (n,) each is to this one (1, ...)."""
    eye = _eye()
    eye = eye.to(picture.device) if eye else None
    with torch.no_grad():
        wanted = _maps(eye, picture)

    def unlike(made: torch.Tensor) -> torch.Tensor:
        total = 2 * (made - picture).square().mean((1, 2, 3))
        for mine, theirs in zip(_maps(eye, made), wanted, strict=True):
            total = total + FEATURES * (mine - theirs).square().sum(1).mean((1, 2))
        return total

    return unlike


def _maps(eye: torch.nn.Module | None, pictures: torch.Tensor) -> list[torch.Tensor]:
    """The eye's four maps with unit length at every spot; none without an eye."""
    return [F.normalize(m, dim=1) for m in eye.features(shown(pictures))] if eye else []


@lru_cache(maxsize=1)
def _eye() -> torch.nn.Module | None:
    try:
        return load_network(judge("eye")).requires_grad_(False)
    except FileNotFoundError:
        return None  # pixels alone still find a likeness


def _shape(paint: Any, size: int, device: torch.device | str) -> tuple[int, int]:
    with torch.no_grad():
        made = paint(torch.zeros(1, size, device=device))
    return made.shape[-1], made.shape[1]
