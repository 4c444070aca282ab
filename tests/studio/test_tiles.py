"""Tiles cover a picture once, join to what the uncut picture gives, and shrink without memory."""

import numpy as np
import pytest

from models.family import Tiling
from studio.tiles import in_tiles, needs_tiles, places

CUT = Tiling("picture", scale=2, reach=3, side=24)


def blurred(picture: np.ndarray) -> np.ndarray:
    """Looks three pixels far and doubles: a stand-in for a network."""
    padded = np.pad(picture.astype(np.float64), ((3, 3), (3, 3), (0, 0)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (7, 7), (0, 1))
    return windows.mean((-1, -2)).round().astype(np.uint8).repeat(2, 0).repeat(2, 1)


def picture(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)


def joined(answer, given: np.ndarray, no_room=lambda error: False) -> tuple[list, np.ndarray]:
    steps = list(in_tiles(answer, given, CUT, no_room))
    assert all(value is None for _, value in steps[:-1])
    return [fraction for fraction, _ in steps], steps[-1][1][0]


@pytest.mark.parametrize(("height", "width"), [(25, 24), (61, 90), (1, 200), (130, 7)])
def test_tiles_join_to_the_uncut_picture(height: int, width: int) -> None:
    given = picture(height, width)
    assert needs_tiles(given, CUT)
    counted = np.zeros((height, width), int)
    for place in places(height, width, CUT):
        counted[place.top : place.bottom, place.left : place.right] += 1
    assert (counted == 1).all()
    fractions, made = joined(blurred, given)
    assert fractions == sorted(fractions) and fractions[-1] == 1.0 and len(fractions) > 1
    assert np.array_equal(made, blurred(given))


def test_margins_are_needed() -> None:
    """Tiles that overlap by less than the network looks do show: the test above can fail."""
    given = picture(61, 90)
    *_, (_, value) = in_tiles(blurred, given, CUT._replace(reach=1), lambda error: False)
    assert not np.array_equal(value[0], blurred(given))


def test_a_tile_without_memory_is_cut_into_four() -> None:
    given, sides = picture(70, 70), []

    def small_only(tile: np.ndarray) -> np.ndarray:
        sides.append(max(tile.shape[:2]))
        if max(tile.shape[:2]) > 20:
            raise MemoryError
        return blurred(tile)

    fractions, made = joined(small_only, given, lambda error: isinstance(error, MemoryError))
    assert max(sides) > 20 and fractions == sorted(fractions)
    assert np.array_equal(made, blurred(given))


def test_it_ends_where_even_the_least_tile_finds_no_memory() -> None:
    def never(tile: np.ndarray) -> np.ndarray:
        raise MemoryError

    with pytest.raises(MemoryError):
        joined(never, picture(70, 70), lambda error: True)
    with pytest.raises(ZeroDivisionError):
        joined(lambda tile: 1 // 0, picture(70, 70), lambda error: False)
