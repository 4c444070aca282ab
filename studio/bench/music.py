"""Music in real Chromium: from a move to new notes beside an empty Gradio text event, from a tap to
the first note, and how long a sound file takes beside how long it sounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from studio.bench import Row
from studio.bench.moves import both_pages, in_turns

MOVES = 60
TAPS = 10
MODEL = "music/melodyvae-nottingham"
# A tap: press play, wait until the first bar is laid out for the sound card.
TAP = """async () => {
  const stage = document.querySelector("#music [data-part=stage]");
  const begun = performance.now();
  stage.querySelector("[data-do=play]").click();
  while (stage.dataset.sound !== "on") await new Promise((done) => setTimeout(done, 1));
  const spent = performance.now() - begun;
  stage.querySelector("[data-do=play]").click();
  return spent;
}"""


def rows() -> Iterator[Row]:
    """Moves, taps, rendering."""
    with both_pages("text") as (page, reference):
        page.get_by_role("tab", name="Music").click()
        page.locator(f'#music label:has(input[value="{MODEL}"])').click()
        page.wait_for_selector("#music [data-part=stage][data-request-id]")
        page.wait_for_selector("#music input[data-control=height]")
        times = in_turns(page, reference, "text", "#music", "height", MOVES)
        what = "a plain Gradio event that returns a text, no model"
        yield Row("music: slider to new notes on loopback", *times, "ms", what)
        page.bring_to_front()
        taps = [page.evaluate(TAP) for _ in range(TAPS)]
        yield Row("music: tap to the first note", max(taps), 700, "ms", "the most that was allowed")
    yield _rendering()


def _rendering() -> Row:
    import numpy as np

    from models.values import TICKS, Notes, Track
    from studio.media.notes import render

    chords = [[bar * 4 * TICKS, p, 4 * TICKS, 90] for bar in range(8) for p in (48, 60, 64, 67)]
    piece = Notes((Track("piano", np.array(chords, np.int32)),), 120, 32 * TICKS)
    times = []
    for _ in range(6):
        begun = time.perf_counter()
        render(piece)
        times.append(1000 * (time.perf_counter() - begun))
    return Row(
        "music: rendering 8 bars of chords", statistics.median(times[1:]), 1000 * piece.seconds,
        "ms", "how long it sounds",
    )  # fmt: skip
