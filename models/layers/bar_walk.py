"""Walks from one piece of bars to another, in steps that are heard as equal.

Evenly spaced latents are not heard as evenly spaced: a beat stays as it is for a third of the way
and turns into another one within a tenth. So the way is written at many places, and those are
played whose neighbours differ most evenly in their notes.
"""

from __future__ import annotations

import numpy as np
import torch

PLACES = 65  # of a way that are written: 33 leave the drums' largest step a tenth larger


def straight(first: torch.Tensor, last: torch.Tensor) -> torch.Tensor:
    """Two latents (latent,) -> the way between them, (PLACES, latent)"""
    along = torch.linspace(0, 1, PLACES, device=first.device)[:, None]
    return first + along * (last - first)


@torch.inference_mode()
def walk(network, way: torch.Tensor, count: int, chance: torch.Tensor, heat: float) -> torch.Tensor:
    """`count` pieces from the beginning of a way (places, latent) to its end: events (count, ...).

    All are written with the same `chance` (steps, k) and `heat`; never back along the way.
    """
    if count < 2:
        way = way[:1]
    same = chance.expand(len(way), *chance.shape)
    written = network.write(way, same, way.new_full((len(way),), heat))
    return written[even_places(apart(network, written), count)] if count > 1 else written


def apart(network, written: torch.Tensor) -> np.ndarray:
    """Share of steps at which two of n pieces differ, (n, n)"""
    heard = network.heard(written)
    steps = (heard[:, None] == heard[None]).flatten(3).all(3)
    return 1 - steps.float().mean(2).cpu().numpy()


def even_places(apart: np.ndarray, count: int) -> list[int]:
    """Distances between any two places of a way (n, n) -> `count` places, the first and the last
    among them, whose neighbours are as nearly as possible equally far apart.

    "Equally" is as far as those of evenly spaced latents are on the average: a way that is shorter
    for the ear cannot be had without large steps, nor one that wanders. Found step by step (Bellman
    1957): the least sum of squared deviations from that distance.
    """
    places = len(apart)
    plain = np.linspace(0, places - 1, count).round().astype(int)
    aim = apart[plain[:-1], plain[1:]].mean()
    onward = np.arange(places)[:, None] < np.arange(places)[None]
    off = np.where(onward, (apart - aim) ** 2, np.inf)
    best, came = np.where(np.arange(places) == 0, 0.0, np.inf), []
    for _ in range(count - 1):
        total = best[:, None] + off
        came.append(total.argmin(0))
        best = total.min(0)
    found = [places - 1]
    for before in reversed(came):
        found.append(int(before[found[-1]]))
    return found[::-1]
