"""From process start to a page that answers: the studio against an empty Gradio app."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from studio.bench import Row
from studio.bench.servers import free_port, ours, plain, serving

ROUNDS = 5


def rows() -> Iterator[Row]:
    """One row; the two take turns, so that both meet the same machine."""
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
