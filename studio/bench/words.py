"""Words: from a slider to a new sentence beside an empty Gradio text event, on loopback and with
the latency of a share link; the first word of a stream; how fast the language models write."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from studio.bench import Row
from studio.bench.live import LATENCY
from studio.bench.moves import both_pages, in_turns, slow_down

MOVES = 60
MODEL = "words/textvae-captions"
SLIDER = "theme_dog"
WRITERS = ("words/gru-stories",)
STARTS = 20
ENDS = {
    "sentence": "A brown dog is running through the snow.",
    "towards": "Two women are sitting at a table in a restaurant.",
}


def rows() -> Iterator[Row]:
    """Three rows of the page, two of each language model."""
    with both_pages("text") as (page, reference):
        page.get_by_role("tab", name="Words").click()
        page.locator(f'#words label:has(input[value="{MODEL}"])').click()
        page.wait_for_selector("#words [data-part=stage][data-request-id]")
        page.wait_for_selector(f"#words input[data-control={SLIDER}]")
        what = "a plain Gradio event that returns a text, no model"
        times = in_turns(page, reference, "text", "#words", SLIDER, MOVES)
        yield Row("words: slider to new sentence on loopback", *times, "ms", what)
        for name, text in ENDS.items():
            page.fill(f"#words [data-control={name}]", text)
        page.wait_for_function(
            """(text) => JSON.parse(document.querySelector("#words [data-part=stage]")
              .dataset.request).controls.towards === text""",
            arg=ENDS["towards"],
        )
        times = in_turns(page, reference, "text", "#words", "walk", MOVES, 0.2, 0.01)
        yield Row("words: between two sentences on loopback", *times, "ms", what)
        for name in ENDS:
            page.fill(f"#words [data-control={name}]", "")
        for tab in (page, reference):
            slow_down(tab, LATENCY)
        times = in_turns(page, reference, "text", "#words", SLIDER, MOVES)
        yield Row(f"words: slider to new sentence with {LATENCY} ms of latency", *times, "ms", what)
    for name in WRITERS:
        yield from _writing(name)


def _writing(name: str) -> Iterator[Row]:
    """One text at a time: until its first piece, and pieces a second over whole texts."""
    import torch

    from models.answer import answer, default_asked
    from models.registry import cards, family_of
    from models.weights import load_network

    card = cards()[name]
    family = family_of(card)
    config, network = family.config(card.config), load_network(card)
    starts, pieces, spent = [], 0, 0.0
    with torch.inference_mode():
        for seed in range(STARTS):
            asked = [default_asked(family, config, seed, temperature=1.0, length=200)]
            begun = time.perf_counter()
            steps = answer(network, family, config, asked)
            next(steps)
            starts.append(1000 * (time.perf_counter() - begun))
            *_, (_, (text,)) = steps
            spent += time.perf_counter() - begun
            pieces += len(text.tokens)
    yield Row(f"words: {name}, start of a stream", statistics.median(starts), 100, "ms",
              "the most that was allowed")  # fmt: skip
    yield Row(f"words: {name}, pieces a second", pieces / spent, 500, "/s",
              "the least that was asked for")  # fmt: skip
