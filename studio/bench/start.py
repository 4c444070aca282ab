"""From process start to a page that answers, against an empty Gradio app; and from the address
typed to the first picture seen, against the two seconds that it may take."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from studio.bench import Row
from studio.bench.chromium import browser
from studio.bench.servers import free_port, ours, plain, serving

ROUNDS = 5
MOST = 2.0  # seconds from the address to the first picture

FIRST = """() => {
  const image = document.querySelector("[data-part=stage] .picture img");
  return image?.complete && image.naturalWidth > 0;
}"""


def rows() -> Iterator[Row]:
    """Two rows; in the first the two take turns, so that both meet the same machine."""
    times: dict[str, list[float]] = {"ours": [], "reference": []}
    for turn in range(ROUNDS + 1):
        for name in times:
            port = free_port()
            words = ours(port) if name == "ours" else plain("empty", port)
            with serving(words, port) as (_, seconds):
                if turn:  # the first of each fills the disk's cache
                    times[name].append(seconds)
    yield Row(
        "start: process to answering page",
        statistics.median(times["ours"]),
        statistics.median(times["reference"]),
        "s",
        "an empty Gradio app without torch",
    )
    yield Row("start: address to first picture", _first(), MOST, "s", "the most that it may take")


def _first() -> float:
    """Seconds from opening the page to its first picture decoded; the median of new visitors."""
    port, times = free_port(), []
    with serving(ours(port), port) as (address, _), browser() as chromium:
        for _ in range(ROUNDS):
            context = chromium.new_context()  # nothing is cached from the visitor before
            page = context.new_page()
            begun = time.perf_counter()
            page.goto(address, wait_until="commit")
            page.wait_for_function(FIRST)
            times.append(time.perf_counter() - begun)
            context.close()
    return statistics.median(times)
