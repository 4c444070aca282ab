"""What a test does with a page, as a person would."""

from __future__ import annotations

from pathlib import Path

# The grid of pictures has all that it was asked for.
IDLE = """() => document.querySelector("[data-do=samples]").textContent !== "Stop" &&
  document.querySelectorAll("[data-part=samples] img").length > 1 &&
  !document.querySelector("[data-part=samples] .ghost")"""


def settled(page) -> dict:
    """Waits until the newest request is the picture shown; answers that request."""
    page.wait_for_function(
        """() => {
          const {asked, shown, request} = document.querySelector("[data-part=stage]").dataset;
          return asked === shown && asked !== "0" && request;
        }"""
    )
    return page.evaluate(
        "() => JSON.parse(document.querySelector('[data-part=stage]').dataset.request)"
    )


def choose(page, model: str) -> dict:
    """Picks a model by id; answers the request shown."""
    page.locator(f'label[for="m-{model}"]').click()
    return settled(page)


def picture(page) -> str:
    """The address of the picture on the stage: the picture itself, as a data URL."""
    return page.locator("[data-part=stage] .picture img").get_attribute("src")


def slide(page, control: str, value: float) -> None:
    """Moves a slider as a finger does: one input event."""
    page.locator(f'input[type=range][data-control="{control}"]').evaluate(
        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})) }", value
    )


def explore(page, mode: str) -> list:
    """Opens a way to explore; answers its tiles once all are there."""
    page.locator("[data-part=samples]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-part=samples] img")
    page.wait_for_function(IDLE)
    page.locator(f"[data-mode={mode}]").click()
    page.wait_for_function(IDLE)
    return page.locator("[data-part=samples] .tile").all()


def saved(page, button: str) -> bytes:
    """What the button hands over as a file."""
    with page.expect_download() as waiting:
        page.locator(f"[data-do={button}]").click()
    return Path(waiting.value.path()).read_bytes()
