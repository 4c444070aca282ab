"""Slider to new picture: the studio against a plain Gradio event without a model.

Once on loopback, once with 80 ms of network latency emulated by Chromium.
"""

from __future__ import annotations

from collections.abc import Iterator

from studio.bench import Row
from studio.bench.moves import both_pages, in_turns, slow_down

MOVES = 100
LATENCY = 80  # milliseconds; what a share link costs


def rows() -> Iterator[Row]:
    """Two rows of times; a wrong last value is an error, not a time."""
    with both_pages("picture") as (page, reference):
        page.wait_for_selector("[data-part=stage][data-shown]")
        for latency in (0, LATENCY):
            for tab in (page, reference):
                slow_down(tab, latency)
            times = in_turns(page, reference, "picture", "#pictures", "direction", MOVES)
            where = f"with {latency} ms of latency" if latency else "on loopback"
            what = "a plain Gradio event that returns a picture, no model"
            yield Row(f"live: slider to new picture {where}", *times, "ms", what)
