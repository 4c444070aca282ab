"""What a test does with a page, as a person would."""

from __future__ import annotations


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
