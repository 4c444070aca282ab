"""A crowd at one studio: many tabs that drag at once, and ten thousand moves of one.

The tabs are `Caller`s in this process; the studio is a process of its own with the published
models. A person's finger moves a slider `1 / FINGER` times a second for a stroke and then looks at
what came: that is the crowd whose answers are held against one tab's. Beside it the same crowd
that never stops to look, and one that does not even leave the rest that the studio asks for.
Every tab has a seed of its own, so that no answer of one serves another.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import Callable, Iterator

from studio.bench import Row
from studio.bench.caller import Caller, component
from studio.bench.servers import free_port, ours, serving

MODEL, CONTROL = "pictures/dcgan-cats", "direction_1"
CROWD = 64
FINGER = 1 / 15  # seconds from one move of a finger to the next
STROKE = 15  # moves of a finger before the person looks at the result
LOOK = 3.0  # seconds that a person looks
STROKES = 4
MOVES = 200
LONG = 10_000
EARLY = 1_000  # moves after which memory shall no longer grow
GROWTH = 30.0  # MB that it may


def rows() -> Iterator[Row]:
    """Errors and wrong last values are counted, not hidden."""
    port = free_port()
    with serving(ours(port), port) as (address, _):
        yield from asyncio.run(_measure(address))


async def _measure(address: str) -> list[Row]:
    pictures, lab = component(address, "pictures"), component(address, "lab")

    def people(count: int) -> list[Caller]:
        return [Caller(address, pictures, MODEL, CONTROL) for _ in range(count)]

    async def all_do(tabs: list[Caller], what: Callable) -> None:
        await asyncio.gather(*(what(tab, i) for i, tab in enumerate(tabs)))
        for tab in tabs:
            tab.line.close()
        print(*sorted({words for tab in tabs for words in tab.errors}), sep="\n", file=sys.stderr)

    await all_do(people(1), lambda tab, _: tab.hurry(values(30)))  # loads the model
    alone = people(1)
    await all_do(alone, lambda tab, _: tab.drag(values(100), FINGER))
    one, one_seen = statistics.median(alone[0].times), statistics.median(alone[0].seen)

    eight = people(8)
    await all_do(eight, lambda tab, i: tab.hurry(values(MOVES, i)))
    found = _faults(eight, MOVES, f"8 tabs x {MOVES} moves")
    for name, act, moves in (
        ("who move and look", _strokes, STROKE),
        ("who never stop to look", lambda tab, i: tab.drag(values(90, i), FINGER), 90),
        ("without the rest they were asked for", lambda tab, i: tab.hurry(values(20, i)), 20),
    ):
        crowd = people(CROWD)
        await all_do(crowd, act)
        title = f"load: {CROWD} tabs {name}"
        found.append(Row(f"{title}: answer", _median(crowd, "times"), one, "ms", "one tab alone"))
        if crowd[0].seen:
            late = _median(crowd, "seen")
            found.append(Row(f"{title}: move to picture", late, one_seen, "ms", "one tab alone"))
        found += _faults(crowd, moves, f"{CROWD} tabs {name}")
    (long,) = people(1)
    await long.hurry(values(EARLY))
    early = await memory(address, lab)
    await long.hurry(values(LONG - EARLY))
    grown = await memory(address, lab) - early
    title = f"load: memory from move {EARLY} to move {LONG}"
    found.append(Row(title, grown, GROWTH, "MB", "the most that it may grow"))
    return found


async def _strokes(tab: Caller, number: int) -> None:
    """A person: not all begin at once, and each looks for a while after a stroke."""
    await asyncio.sleep(number % 16 / 16 * LOOK)
    for _ in range(STROKES):
        await tab.drag(values(STROKE, number), FINGER)
        await asyncio.sleep(LOOK)


def _faults(tabs: list[Caller], moves: int, what: str) -> list[Row]:
    errors = sum(len(tab.errors) for tab in tabs)
    wrong = sum(tab.reached != values(moves, i)[-1] for i, tab in enumerate(tabs))
    return [
        Row(f"load: errors, {what}", errors, 0, "errors", "none"),
        Row(f"load: wrong last values, {what}", wrong, 0, "tabs", "none"),
    ]


def _median(tabs: list[Caller], what: str) -> float:
    return statistics.median(time for tab in tabs for time in getattr(tab, what))


def values(count: int, offset: int = 0) -> list[float]:
    """Values on the steps of a slider of -4..4, different from one move to the next."""
    return [round(-3 + ((7 * i + offset) % 60) / 10, 1) for i in range(count)]


async def memory(address: str, lab: int) -> float:
    """The most memory that the studio has held so far, in MB."""
    answer = await Caller(address, lab, MODEL, CONTROL).call("status", {})
    return float(dict(answer["facts"])["memory_used"].split()[0])
