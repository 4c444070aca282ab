"""A slider moved in real Chromium as a finger would move it, timed in the page: from the input
event until what belongs to it is shown. The studio's page and a plain Gradio event take turns move
by move, so that both meet the same machine."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager

from studio.bench.chromium import browser
from studio.bench.servers import free_port, ours, plain, serving

WARM = 5  # moves that warm both up and are not counted

# Of a tab of ours: its stage says what is asked for and what is shown.
OURS = """async ([place, name, value]) => {
  const stage = document.querySelector(place + " :is([data-part$=stage], [data-part=sound])");
  const slider = document.querySelector(place + " input[type=range][data-control^=" + name + "]");
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
  const drawn = JSON.parse(stage.dataset.request).controls[slider.dataset.control];
  return {spent, wanted: Number(slider.value), drawn};
}"""

PLAIN = {
    "picture": """async (value) => {
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
  return performance.now() - begun;
}""",
    "text": """async (value) => {
  const slider = document.querySelector("#slider input[type=range]");
  const shown = () => document.querySelector("#shown textarea").value;
  const before = shown();
  const begun = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
  while (shown() === before) await new Promise((done) => setTimeout(done, 1));
  return performance.now() - begun;
}""",
}


@contextmanager
def both_pages(kind: str) -> Iterator[tuple]:
    """Our page and that of a plain Gradio event of this kind (see `plain.py`), both open."""
    port, other = free_port(), free_port()
    with (
        serving(ours(port), port) as (address, _),
        serving(plain(kind, other), other) as (plain_address, _),
        browser() as chromium,
    ):
        page, reference = chromium.new_page(), chromium.new_page()
        page.goto(address)
        reference.goto(plain_address)
        reference.wait_for_selector("#slider input[type=range]")
        yield page, reference


def in_turns(
    page,
    reference,
    kind: str,
    place: str,
    name: str,
    moves: int,
    low: float = -3.0,
    step: float = 0.1,
) -> tuple[float, float]:
    """Median milliseconds of the slider `name` of the tab at the selector `place`, and of Gradio's.

    It is set to sixty spots from `low` on, never to its neighbour.
    RuntimeError where the page shows another value than the slider's: then it is no time at all.
    """
    here, there = [], []
    for move in range(moves + WARM):
        page.bring_to_front()
        moved = page.evaluate(OURS, [place, name, round(low + move * 7 % 60 * step, 6)])
        if abs(moved["wanted"] - moved["drawn"]) > 1e-6:
            raise RuntimeError(f"the page shows {moved['drawn']}, not {moved['wanted']}")
        reference.bring_to_front()
        here.append(moved["spent"])
        there.append(reference.evaluate(PLAIN[kind], move + 1))
    return statistics.median(here[WARM:]), statistics.median(there[WARM:])


def slow_down(page, latency: int) -> None:
    """Give every request of this page `latency` milliseconds more."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1},
    )
