"""Many tabs at once, through a real server: nobody gets an error or another one's value."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from studio.bench.caller import PATIENCE, Caller, component
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
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as http:
        piece = await component(http, "pictures")
        tabs = [Caller(http, piece, TINY, "direction_1") for _ in range(TABS)]
        await asyncio.gather(*(tab.drag(values(MOVES, i)) for i, tab in enumerate(tabs)))

        # A tab that does not wait for its answers: older ones may be left out, the last may not.
        hasty = Caller(http, piece, TINY, "direction_1")
        raw = {"model": TINY, "seed": 1}

        def ask(value: float):
            request = {**raw, "controls": {"direction_1": value}}
            return hasty.call("live", {"request": request, "client": hasty.name})

        burst = await asyncio.gather(*map(ask, values(FLIGHT - 2)))

        def ask_many(i: int):
            requests = [{**raw, "seed": 8 * i + seed} for seed in range(8)]
            return hasty.call("several", {"requests": requests, "client": hasty.name})

        many = await asyncio.gather(*map(ask_many, range(3 * FLIGHT)))
        return tabs, burst, many


def test_eight_tabs_drag_at_once(address) -> None:
    tabs, burst, many = asyncio.run(crowd(address))
    for i, tab in enumerate(tabs):
        assert tab.errors == []
        assert len(tab.times) == MOVES
        assert tab.reached == values(MOVES, i)[-1]
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
