"""The plane of seeds: same spot, same noise; every spot standard normal; no jumps on a walk."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.family import Asked
from models.layers.walk import SEEDS, decode, encode, normal, plane, spot

spots = st.tuples(st.floats(-8, 8), st.floats(-8, 8))


def test_a_seed_means_the_same_for_ever() -> None:
    # Golden figures: RandomState's stream is frozen, so these may never change.
    expected = np.random.RandomState(np.array([7], dtype=np.uint32)).standard_normal(3)
    assert np.allclose(normal(7, size=3), expected)
    assert not np.allclose(normal(7, size=8), normal(8, size=8))
    assert not np.allclose(normal(7, 0, 1, size=8), normal(7, 1, 0, size=8))


def test_the_middle_is_the_seed_itself() -> None:
    assert np.array_equal(plane(3, (0.0, 0.0), 16), normal(3, size=16))


@given(st.integers(0, SEEDS), spots)
def test_every_spot_is_standard_normal(seed: int, spot: tuple[float, float]) -> None:
    z = plane(seed, spot, 4096)
    assert z.dtype == np.float32
    assert abs(z.mean()) < 0.1 and abs(z.std() - 1) < 0.08


@given(st.integers(0, SEEDS), spots)
def test_a_small_step_is_a_small_change(seed: int, spot: tuple[float, float]) -> None:
    near = (spot[0] + 0.001, spot[1])
    moved = np.sqrt(np.mean((plane(seed, spot, 512) - plane(seed, near, 512)) ** 2))
    assert moved < 0.02


def asked(seed: int, **controls) -> Asked:
    return Asked(seed, {"place": (0.0, 0.0), "toward": 2, "between": 0.0, **controls})


def test_the_way_to_a_second_seed_has_both_at_its_ends() -> None:
    assert np.array_equal(spot(asked(3), 64), normal(3, size=64))
    assert np.allclose(spot(asked(3, between=1.0, toward=9), 64), normal(9, size=64))
    halfway = spot(asked(3, between=0.5, toward=9, place=(0.5, 1.0)), 4096)
    assert halfway.dtype == np.float32 and abs(halfway.std() - 1) < 0.06


def test_a_found_spot_stands_in_for_the_seed() -> None:
    found = np.linspace(-2, 2, 8, dtype=np.float32)
    there = spot(asked(3, own=encode(found)), 12)
    assert np.allclose(there[:8], found, atol=2e-3)
    assert np.array_equal(there[8:], normal(3, size=12)[8:]), "the rest is the seed's"
    assert np.array_equal(
        spot(asked(3, own=encode(found), place=(1.0, 0.0)), 12), normal(3, 1, 0, size=12)
    )
    assert np.array_equal(decode(encode(found)), found.astype(np.float16))
