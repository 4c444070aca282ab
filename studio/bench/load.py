"""A crowd at one studio: many tabs that drag at once, and ten thousand moves of one.

The tabs are `Caller`s in this process; the studio is a process of its own with the published
models. Reference: one tab alone on the same machine in the same run, or the bound that must hold.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import Iterator

import httpx

from studio.bench import Row
from studio.bench.caller import PATIENCE, Caller, component
from studio.bench.servers import free_port, ours, serving

MODEL, CONTROL = "pictures/dcgan-cats", "direction_1"
CROWD = 64
PACE = 1.5  # seconds from one move of a person to the next, in a crowd of people
MOVES = 200
LONG = 10_000
EARLY = 1_000  # moves after which memory shall no longer grow
GROWTH = 30.0  # MB that it may


def rows() -> Iterator[Row]:
    """Six rows; errors and wrong last values are counted, not hidden."""
    port = free_port()
    with serving(ours(port), port) as (address, _):
        yield from asyncio.run(_measure(address))


async def _measure(address: str) -> list[Row]:
    wide = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=wide) as http:
        pictures, lab = await component(http, "pictures"), await component(http, "lab")

        def people(count: int) -> list[Caller]:
            return [Caller(http, pictures, MODEL, CONTROL) for _ in range(count)]

        (first,) = people(1)
        await first.drag(values(30))  # loads the model
        (alone,) = people(1)
        await alone.drag(values(100))
        one = statistics.median(alone.times)
        eight = people(8)
        await asyncio.gather(*(c.drag(values(MOVES, i)) for i, c in enumerate(eight)))
        wrong = sum(c.reached != values(MOVES, i)[-1] for i, c in enumerate(eight))
        faults = sum(len(c.errors) for c in eight)
        found = [
            Row("load: errors, 8 tabs x 200 moves", faults, 0, "errors", "none"),
            Row("load: wrong last values, 8 tabs x 200 moves", wrong, 0, "tabs", "none"),
        ]
        for name, every in ((f"a move every {PACE} s", PACE), ("without a pause", 0.0)):
            crowd = people(CROWD)
            drags = (c.drag(values(20, i), every) for i, c in enumerate(crowd))
            await asyncio.gather(*drags)
            median = statistics.median(t for c in crowd for t in c.times)
            title = f"load: live answer among {CROWD} tabs, {name}"
            found.append(Row(title, median, one, "ms", "one tab alone"))
            said = [words for c in crowd for words in c.errors]
            print(*sorted(set(said)), sep="\n", file=sys.stderr)
            title = f"load: errors among {CROWD} tabs, {name}"
            found.append(Row(title, len(said), 0, "errors", "none"))
        (long,) = people(1)
        await long.drag(values(EARLY))
        early = await memory(http, lab)
        await long.drag(values(LONG - EARLY))
        grown = await memory(http, lab) - early
        title = f"load: memory from move {EARLY} to move {LONG}"
        found.append(Row(title, grown, GROWTH, "MB", "the most that it may grow"))
        return found


def values(count: int, offset: int = 0) -> list[float]:
    """Values on the steps of a slider of -4..4, different from one move to the next."""
    return [round(-3 + ((7 * i + offset) % 60) / 10, 1) for i in range(count)]


async def memory(http: httpx.AsyncClient, lab: int) -> float:
    """The most memory that the studio has held so far, in MB."""
    answer = await Caller(http, lab, MODEL, CONTROL).call("status", {})
    return float(dict(answer["facts"])["memory_used"].split()[0])
