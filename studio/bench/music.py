"""Music in real Chromium: from a move to new notes beside an empty Gradio text event, from a tap to
the first note, and how long a sound file takes beside how long it sounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from studio.bench import Row
from studio.bench.chromium import browser
from studio.bench.servers import free_port, ours, plain, serving

MOVES = 60
TAPS = 10
MODEL = "music/melodyvae-nottingham"
STAGE = "#music [data-part=stage]"

# A move: change a slider, wait until the roll that belongs to it is drawn.
OURS = """async (value) => {
  const stage = document.querySelector("#music [data-part=stage]");
  const slider = document.querySelector("#music input[type=range][data-control=height]");
  const before = stage.dataset.asked;
  const begun = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
  while (stage.dataset.asked === before || stage.dataset.shown !== stage.dataset.asked)
    await new Promise((done) => {
      const watch = new MutationObserver(() => { watch.disconnect(); done(); });
      watch.observe(stage, {attributes: true});
    });
  return performance.now() - begun;
}"""

PLAIN = """async (value) => {
  const slider = document.querySelector("#slider input[type=range]");
  const shown = () => document.querySelector("#shown textarea").value;
  const before = shown();
  const begun = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
  while (shown() === before) await new Promise((done) => setTimeout(done, 1));
  return performance.now() - begun;
}"""

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
    port, other = free_port(), free_port()
    with (
        serving(ours(port), port) as (address, _),
        serving(plain("text", other), other) as (plain_address, _),
        browser() as chromium,
    ):
        page, reference = chromium.new_page(), chromium.new_page()
        page.goto(address)
        page.get_by_role("tab", name="Music").click()
        page.locator(f'#music label:has(input[value="{MODEL}"])').click()
        page.wait_for_selector(f"{STAGE}[data-request-id]")
        page.wait_for_selector("#music input[data-control=height]")
        reference.goto(plain_address)
        reference.wait_for_selector("#slider input[type=range]")
        moves, plain_moves = [], []
        for move in range(MOVES + 5):
            page.bring_to_front()
            moves.append(page.evaluate(OURS, -3 + (move * 7 % 60) / 10))
            reference.bring_to_front()
            plain_moves.append(reference.evaluate(PLAIN, move + 1))
        yield Row(
            "music: slider to new notes on loopback",
            statistics.median(moves[5:]),
            statistics.median(plain_moves[5:]),
            "ms",
            "a plain Gradio event that returns a text, no model",
        )
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
