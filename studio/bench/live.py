"""Slider to new picture in real Chromium: the studio against a plain Gradio event without a model.

Both are moved through the page, as a finger would, and timed in the page: from the input event
to the new picture decoded. Once on loopback, once with 80 ms of network latency emulated by
Chromium. The two take turns move by move, so that both meet the same machine.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from studio.bench import Row
from studio.bench.chromium import browser
from studio.bench.servers import free_port, ours, plain, serving

MOVES = 100
LATENCY = 80  # milliseconds; what a share link costs

# A move: set the slider, tell the page, wait until the picture that belongs to it is shown.
OURS = """async (value) => {
  const stage = document.querySelector("[data-part=stage]");
  const slider = document.querySelector("input[type=range][data-control^=direction]");
  const before = stage.dataset.asked;
  const begun = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
  while (stage.dataset.asked === before || stage.dataset.shown !== stage.dataset.asked)
    await new Promise((done) => {
      const watch = new MutationObserver(() => { watch.disconnect(); done(); });
      watch.observe(stage, {attributes: true});
    });
  const spent = performance.now() - begun;
  const name = slider.dataset.control;
  const drawn = JSON.parse(stage.dataset.request).controls[name];
  return {spent, wanted: Number(slider.value), drawn};
}"""

PLAIN = """async (value) => {
  const slider = document.querySelector("#slider input[type=range]");
  const shown = () => document.querySelector("#shown img");
  const before = shown()?.src;
  const begun = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
  while (!shown() || shown().src === before)
    await new Promise((done) => {
      const watch = new MutationObserver(() => { watch.disconnect(); done(); });
      watch.observe(document.querySelector("#shown"),
                    {attributes: true, childList: true, subtree: true});
    });
  await shown().decode();
  return {spent: performance.now() - begun};
}"""


def rows() -> Iterator[Row]:
    """Two rows of times; a wrong last value is an error, not a time."""
    port, other = free_port(), free_port()
    with (
        serving(ours(port), port) as (address, _),
        serving(plain("picture", other), other) as (plain_address, _),
        browser() as chromium,
    ):
        page, reference = chromium.new_page(), chromium.new_page()
        page.goto(address)
        page.wait_for_selector("[data-part=stage][data-shown]")
        reference.goto(plain_address)
        reference.wait_for_selector("#slider input[type=range]")
        for latency in (0, LATENCY):
            for tab in (page, reference):
                slow_down(tab, latency)
            times = _moves(page, reference)
            where = f"with {latency} ms of latency" if latency else "on loopback"
            yield Row(
                f"live: slider to new picture {where}",
                statistics.median(times["ours"]),
                statistics.median(times["reference"]),
                "ms",
                "a plain Gradio event that returns a picture, no model",
            )


def _moves(page, reference) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {"ours": [], "reference": []}
    for move in range(MOVES + 5):  # the first five warm both up
        page.bring_to_front()
        moved = page.evaluate(OURS, -3 + (move * 7 % 60) / 10)
        if abs(moved["wanted"] - moved["drawn"]) > 1e-6:
            raise RuntimeError(f"the picture shows {moved['drawn']}, not {moved['wanted']}")
        reference.bring_to_front()
        plain_move = reference.evaluate(PLAIN, move + 1)
        if move >= 5:
            times["ours"].append(moved["spent"])
            times["reference"].append(plain_move["spent"])
    return times


def slow_down(page, latency: int) -> None:
    """Give every request of this page `latency` milliseconds more."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1},
    )
