"""Large pictures in tiles: the picture stays in host memory, one tile a time goes to the network.

Tiles overlap by as much as the network looks around a pixel, and only their insides are kept, so
that the joined picture is the uncut one. A tile that finds no memory is cut into four.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from models.family import Tiling

LEAST = 16  # pixels: where a tile this small finds no memory, nothing will


class Place(NamedTuple):
    """A part of the input picture, in pixels, without its margins."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def area(self) -> int:
        return (self.bottom - self.top) * (self.right - self.left)


def needs_tiles(picture: np.ndarray, cut: Tiling) -> bool:
    """Whether a picture (h, w, channels) is larger than one tile."""
    return max(picture.shape[:2]) > cut.side


def places(height: int, width: int, cut: Tiling) -> list[Place]:
    """Tiles of about equal size that cover the picture once."""
    core = max(cut.side - 2 * cut.reach, LEAST)
    rows, columns = _marks(height, core), _marks(width, core)
    return [
        Place(top, left, bottom, right)
        for top, bottom in pairwise(rows)
        for left, right in pairwise(columns)
    ]


def in_tiles(
    answer: Callable[[np.ndarray], np.ndarray],
    picture: np.ndarray,
    cut: Tiling,
    no_room: Callable[[BaseException], bool],
) -> Iterator[tuple[float, list[np.ndarray] | None]]:
    """(share done, None) after every tile, at the end (1.0, [the whole result]).

    `answer` takes a uint8 tile (h, w, channels) to its result, `cut.scale` times as large;
    `no_room` says whether an error means that memory ran out.
    """
    height, width = picture.shape[:2]
    waiting = places(height, width, cut)[::-1]
    whole: np.ndarray | None = None
    done = 0
    while waiting:
        place = waiting.pop()
        try:
            made = _inside(answer, picture, place, cut)
        except Exception as error:
            if not no_room(error) or place.area <= LEAST**2:
                raise
            waiting += _quarters(place)
            continue
        if whole is None:
            size = (height * cut.scale, width * cut.scale, made.shape[2])
            whole = np.empty(size, made.dtype)
        s = cut.scale
        whole[place.top * s : place.bottom * s, place.left * s : place.right * s] = made
        done += place.area
        if waiting:
            yield done / (height * width), None
    yield 1.0, [whole]


def _inside(answer, picture: np.ndarray, place: Place, cut: Tiling) -> np.ndarray:
    """One tile's result without its margins."""
    top, left = max(place.top - cut.reach, 0), max(place.left - cut.reach, 0)
    made = answer(picture[top : place.bottom + cut.reach, left : place.right + cut.reach])
    s = cut.scale
    rows = slice((place.top - top) * s, (place.bottom - top) * s)
    return made[rows, (place.left - left) * s : (place.right - left) * s]


def _marks(length: int, core: int) -> list[int]:
    count = -(-length // core)
    return [round(i * length / count) for i in range(count + 1)]


def _quarters(place: Place) -> list[Place]:
    """The same place in up to four parts."""
    down = max(place.top + 1, (place.top + place.bottom) // 2)
    over = max(place.left + 1, (place.left + place.right) // 2)
    parts = [
        Place(top, left, bottom, right)
        for top, bottom in ((place.top, down), (down, place.bottom))
        for left, right in ((place.left, over), (over, place.right))
    ]
    return [part for part in parts if part.area > 0][::-1]
