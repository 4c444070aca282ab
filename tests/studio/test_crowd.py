"""Many tabs at once, through a real server: nobody gets an error or another one's value."""

from __future__ import annotations

import asyncio

import pytest

from studio.bench.caller import Caller, component
from studio.bench.load import values
from studio.bench.servers import free_port, ours, serving
from studio.limits import FLIGHT, Flights
from studio.sentences import PersonError, Sentence

TINY = "pictures/dcgan-toy"
TABS, MOVES = 8, 25


@pytest.fixture
def address(tiny_root):
    port = free_port()
    with serving(ours(port), port) as (where, _):
        yield where


async def crowd(address: str) -> tuple[list[Caller], list, list]:
    piece = component(address, "pictures")
    tabs = [Caller(address, piece, TINY, "direction_1") for _ in range(TABS)]
    await asyncio.gather(*(tab.hurry(values(MOVES, i)) for i, tab in enumerate(tabs)))
    calm = Caller(address, piece, TINY, "direction_1")
    await calm.drag(values(MOVES), 0.0001)

    # A tab that does not wait for its answers: older ones may be left out, the last may not.
    name, raw = "hasty", {"model": TINY, "seed": 1}

    def ask(value: float):
        request = {**raw, "controls": {"direction_1": value}}
        return one_call("live", {"request": request, "client": name})

    def ask_many(i: int):
        requests = [{**raw, "seed": 8 * i + seed} for seed in range(8)]
        return one_call("several", {"requests": requests, "client": name})

    async def one_call(function: str, data: dict):
        line = Caller(address, piece, TINY, "direction_1")
        try:
            return await line.call(function, data)
        finally:
            line.line.close()

    burst = await asyncio.gather(*map(ask, values(FLIGHT - 2)))
    many = await asyncio.gather(*map(ask_many, range(3 * FLIGHT)))
    return [*tabs, calm], burst, many


def test_eight_tabs_drag_at_once(address) -> None:
    tabs, burst, many = asyncio.run(crowd(address))
    *tabs, calm = tabs
    for i, tab in enumerate(tabs):
        assert tab.errors == []
        assert len(tab.times) == MOVES
        assert tab.reached == values(MOVES, i)[-1]
    assert calm.errors == []
    assert len(calm.seen) < MOVES, "the newest value only"
    assert calm.reached == values(MOVES)[-1]
    assert not any("error" in answer for answer in burst)
    refused = [answer["error"]["en"] for answer in many if "error" in answer]
    assert len(refused) < len(many), "some are answered"
    assert all("requests of this page are waiting" in words for words in refused)


def test_a_name_has_its_share_and_gives_it_back() -> None:
    flights = Flights(2, Sentence("Too many.", "太多。"))
    full = pytest.raises(PersonError, match="Too many")
    with flights.one("a"), flights.one("a"), flights.one("b"), full, flights.one("a"):
        pass
    with flights.one("a"):
        pass
    assert not flights._count, "nothing is remembered"
