"""The latent as a plane of seeds: every spot of the pad is a smooth mixture of four seeds.

NumPy's RandomState is frozen by its authors (NEP 19), so a seed means the same noise on every
machine, device, batch and version.
"""

from __future__ import annotations

import base64
import functools
import math

import numpy as np

from models.family import Asked

SEEDS = 2**31 - 1  # the largest seed; a page, a link and a 32-bit reader all hold it


@functools.lru_cache(maxsize=256)  # a slider asks for the same seed's noise at every move
def normal(seed: int, *address: int, size: int) -> np.ndarray:
    """Standard normal noise of `size` numbers, float32, for one seed and one address; read only."""
    # Addresses may be negative (left of the seed): 2**16 keeps the words of the key unsigned.
    key = np.array([seed, *(a + 2**16 for a in address)], dtype=np.uint32)
    noise = np.random.RandomState(key).standard_normal(size).astype(np.float32)
    noise.flags.writeable = False  # it is kept for the next one who asks
    return noise


def corners(place: tuple[float, float]) -> list[tuple[tuple[int, ...], float]]:
    """Addresses of the up to four seeds around `place` with their weights, which add to one."""
    x, y = place
    left, top = math.floor(x), math.floor(y)
    found = []
    for column, row in ((0, 0), (1, 0), (0, 1), (1, 1)):
        across = x - left if column else 1 - (x - left)
        down = y - top if row else 1 - (y - top)
        corner = (left + column, top + row)
        if across * down > 0:
            found.append((() if corner == (0, 0) else corner, across * down))
    return found


def plane(
    seed: int, place: tuple[float, float], size: int, origin: np.ndarray | None = None
) -> np.ndarray:
    """The noise at `place` on the plane of `seed`; (0, 0) is the seed's own noise.

    Whole coordinates are seeds of their own. Between them four corners are mixed with weights
    whose squares add to one, so that every spot is again standard normal noise. `origin` stands
    in for the first numbers of the seed's own noise.
    """
    mixed, power = np.zeros(size, np.float32), 0.0
    for address, weight in corners(place):
        noise = normal(seed, *address, size=size)
        if origin is not None and not address:
            noise = np.concatenate([origin, noise[len(origin) :]])
        mixed += np.float32(weight) * noise
        power += weight**2
    return mixed / np.float32(math.sqrt(power))


def spot(asked: Asked, size: int) -> np.ndarray:
    """The noise that a request stands for, (size,) float32.

    Its place on the plane of its seed (or of a spot found for a person's picture), and from there
    a part of the way to the same place of the second seed.
    """
    controls = asked.controls
    code = controls.get("own", "")
    here = plane(asked.seed, controls["place"], size, decode(code) if code else None)
    share = np.float32(controls["between"])
    if share == 0:
        return here
    there = plane(int(controls["toward"]), controls["place"], size)
    return ((1 - share) * here + share * there) / np.hypot(1 - share, share)


def decode(code: str) -> np.ndarray:
    """Base64url of numbers in half precision -> float32. ValueError where it is none."""
    return np.frombuffer(base64.b64decode(code, b"-_", validate=True), "<f2").astype(np.float32)


def encode(numbers: np.ndarray) -> str:
    """The other way: what a request holds."""
    return base64.urlsafe_b64encode(np.asarray(numbers, "<f2").tobytes()).decode()
