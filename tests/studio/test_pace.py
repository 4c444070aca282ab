"""How often a page may ask: never held back alone, a fair share in a crowd."""

from __future__ import annotations

import asyncio

import pytest

from studio.engine import Engine
from studio.pace import ACTIVE, LONGEST, SHARE, Pace
from studio.requests import complete


class Clock:
    """Seconds that a test decides."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def crowd(count: int, milliseconds: float, together: int = 4, shares: bool = True) -> list[int]:
    """What each of so many pages is told that asked in the same moment."""
    pace = Pace(Clock())
    for number in range(count):
        pace.asked(f"tab {number}")
        pace.answered(milliseconds, together, shares)
    return [pace.rest(f"tab {number}") for number in range(count)]


def test_a_page_on_its_own_is_never_held_back() -> None:
    assert crowd(1, 50.0) == [0]
    assert Pace().rest("new") == 0, "nor where nothing was answered yet"


def test_a_crowd_that_asks_at_once_is_given_turns_one_after_another() -> None:
    step = 10.0 / 4 / SHARE
    assert crowd(64, 10.0) == pytest.approx([step * (n + 1) for n in range(64)], abs=1)


def test_no_page_waits_longer_than_a_second() -> None:
    assert max(crowd(64, 300.0, together=1, shares=False)) == 1000 * LONGEST


@pytest.fixture
def three() -> tuple[Pace, Clock]:
    """Three pages that asked and were answered; half of the time after which they are forgotten
    has passed."""
    clock = Clock()
    pace = Pace(clock)
    for name in "abc":
        pace.asked(name)
        pace.answered(8.0, 1, False)
    clock.seconds = ACTIVE / 2
    return pace, clock


def test_turns_that_have_passed_are_not_made_up_for(three) -> None:
    pace, _ = three
    pace.asked("b")
    assert pace.rest("b") > 0, "the next turn lies ahead, however long nobody asked"


def test_an_answer_made_alone_counts_for_what_it_would_cost_in_a_crowd() -> None:
    alone = crowd(10, 8.0, together=1)
    assert alone[-1] < crowd(10, 8.0, together=1, shares=False)[-1]


def test_who_stopped_asking_no_longer_counts(three) -> None:
    pace, clock = three
    pace.asked("c")
    held = pace.rest("c")
    clock.seconds = ACTIVE + 0.1
    assert held > 0
    assert pace.rest("c") == 0, "c alone is left"


def test_the_engine_counts_pages_and_passes(tiny_root, engine: Engine) -> None:
    asked = complete({"model": "pictures/dcgan-toy", "seed": 1})

    async def two() -> None:
        await engine.live(asked, "one")
        assert engine.pace.rest("one") == 0
        await engine.live(asked, "other")

    asyncio.run(two())
    assert len(engine.pace._last) == 2
    assert len(engine.pace._costs) == 2
