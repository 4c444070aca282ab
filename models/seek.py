"""The spot of a latent that comes nearest to a person's picture, for models without an encoder.

A network's guess, where one was trained (models/judges/guesser), or the best of many random spots,
then gradient steps on likeness in pixels and in the eye's features;
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
FEWER = 4  # times fewer of them beside a network's guess
GUESS = "guess-{}"  # the name of the judge that guesses for a published model
TOGETHER = 16  # of them in one pass: a step shall not hold up who moves a slider
KEPT = 2  # of the best ones go on side by side for FIRST steps, since some get stuck
FIRST, REST = 30, 130  # steps from each of the nearest spots, then from the best one
RATE = 0.08  # Adam's, in units of the prior's spread; it falls to nothing over the second half
PIXELS = 0.4  # weight of their mean square beside a feature map; at 8 blurs win, at none colours go
HOME = 0.05  # weight of staying as far from the middle as random spots are
SHOWN = 5  # steps between two previews


class Found(NamedTuple):
    """The nearest picture so far, (channels, height, width) in -1..1, and the controls for it."""

    picture: torch.Tensor
    controls: dict[str, Any]


class Painter:
    """A model as a function from spots (n, size) to pictures (n, channels, height, width).

    Every other control is at its default, the spread at 1. TypeError for a family without a `Code`
    control: it has no place for a found spot.
    """

    def __init__(self, network: torch.nn.Module, family: Family, config: Any, seed: int) -> None:
        declared = family.controls(config)
        code = next((c for c in declared if isinstance(c, Code)), None)
        if code is None:
            raise TypeError(f"{family.id} has no place for a found spot.")
        self.network, self.family, self.config = network, family, config
        self.name, self.size = code.name, code.size
        self.plain = neutral(declared)
        self._row = Asked(seed, self.plain)
        rest = family.noise(config, self._row)[code.size :]
        self._rest = torch.from_numpy(np.array(rest))[None]
        with torch.no_grad():
            self.to(next(network.parameters(), torch.empty(0)).device)
            self.shape = self(torch.zeros(1, self.size, device=self.device)).shape[1:]

    def to(self, device: torch.device | str) -> Painter:
        """Itself, with network and noise on `device`."""
        self.device = torch.device(device)
        self.network.to(self.device)
        self._rest = self._rest.to(self.device)
        return self

    def __call__(self, spots: torch.Tensor) -> torch.Tensor:
        noise = torch.cat([spots, self._rest.expand(len(spots), -1)], 1)
        return self.family.generate(self.network, self.config, [self._row] * len(spots), noise)

    def found(self, picture: torch.Tensor, spot: torch.Tensor) -> Found:
        """The controls of one spot (size,), beside its picture."""
        code = encode(spot.detach().cpu().numpy())
        return Found(picture.detach(), self.plain | {self.name: code})


def guesser(model: str) -> torch.nn.Module | None:
    """The network that guesses a spot of this published model; None where none was trained."""
    try:
        return load_network(judge(GUESS.format(model.rpartition("/")[2]))).requires_grad_(False)
    except FileNotFoundError:
        return None


def seek(
    paint: Painter,
    picture: np.ndarray,
    seed: int,
    guess: torch.nn.Module | None = None,
    counts: Sequence[int] | None = None,
) -> Iterator[tuple[float, Found | None]]:
    """(fraction done, what was found or None); the last one holds the best spot.

    `picture`: uint8 (height, width, 1 | 3 | 4), of which the middle square counts. `guess` begins
    among the random spots, and wins where it is nearer. `counts`: steps in each of the two phases.
    """
    channels, size = paint.shape[0], paint.shape[1]
    first, rest = (FIRST, REST) if counts is None else counts
    ready = prepare_digit(picture, size) if channels == 1 else prepare(picture, size, channels)
    ready = ready[None].to(paint.device)
    unlike = likeness(ready)
    drawn = np.random.RandomState(seed).standard_normal((DRAWN, paint.size))
    spots = torch.from_numpy(drawn.astype(np.float32)).to(paint.device)
    if guess is not None:
        with torch.no_grad():
            mine = guess.to(paint.device)(ready)
        spots = torch.cat([mine, spots[: DRAWN // FEWER - 1]])
    steps, done = -(-len(spots) // TOGETHER) + first + rest, 0
    losses, made = [], []
    for part in spots.split(TOGETHER):
        with torch.no_grad():
            made.append(paint(part))
            losses.append(unlike(made[-1]))
        done += 1
        if done < steps:
            yield done / steps, None
    order = torch.cat(losses).argsort()[:KEPT]
    z = spots[order].clone().requires_grad_(True)
    best, least = spots[order[:1]], float(torch.cat(losses)[order[0]])
    nearest = torch.cat(made)[order[0]]
    if done == steps:
        yield 1.0, paint.found(nearest, best[0])
    for count in (first, rest):
        learns = torch.optim.Adam([z], RATE)
        for step in range(count):
            if count == rest:
                learns.param_groups[0]["lr"] = RATE * min(1.0, 2 * (1 - step / count))
            painted = paint(z)
            loss = unlike(painted)
            now, low = loss.detach().min(0)
            if float(now) < least:
                least, best = float(now), z.detach()[low][None].clone()
                nearest = painted[low]
            far = HOME * (z.square().mean(1) - 1).square()
            (z.grad,) = torch.autograd.grad((loss + far).sum(), z)
            learns.step()
            done += 1
            see = done % SHOWN == 0 or done == steps
            yield done / steps, paint.found(nearest, best[0]) if see else None
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
        total = PIXELS * (made - picture).square().mean((1, 2, 3))
        for mine, theirs in zip(_maps(eye, made), wanted, strict=True):
            total = total + (mine - theirs).square().sum(1).mean((1, 2))
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
