"""The Style tab in Chromium: a picture is painted, strength follows the finger, links come back."""

from __future__ import annotations

import re

import pytest

from models.registry import families
from models.weights import publish_tiny
from studio.bench.servers import free_port, ours, serving

STAGE = "[data-part=style-stage]"
SETTLED = """() => {
  const stage = document.querySelector("[data-part=style-stage]");
  return stage?.dataset.shown && stage.dataset.shown === stage.dataset.asked;
}"""
# Mean difference of what is shown to the person's own picture, in grey levels.
CHANGED = """() => {
  const read = (name) => {
    const canvas = document.querySelector(`#style canvas.${name}`);
    return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const [a, b] = [read("before"), read("after")];
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}"""
SET = """([name, value]) => {
  const slider = document.querySelector(`#style input[data-control=${name}]`);
  slider.value = value;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
}"""


@pytest.fixture(scope="module")
def painter(tmp_path_factory):
    """A studio with tiny style models."""
    root = tmp_path_factory.mktemp("style")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_MODELS", str(root))
        for name in ("style/anystyle", "style/cyclegan", "style/several"):
            publish_tiny(families()[name], root)
        port = free_port()
        with serving(ours(port), port) as (address, _):
            yield address


@pytest.fixture
def page(visit, painter):
    opened = visit(where=painter, wait="#studio-tabs [data-tab-id=style]")
    opened.expected = ("willReadFrequently",)  # the tests read what a person only looks at
    opened.locator("#studio-tabs [data-tab-id=style]").first.click()
    opened.wait_for_function(SETTLED, timeout=60_000)
    choose(opened, "style/anystyle-toy")
    return opened


def choose(page, model: str) -> None:
    page.locator(f"#style input[name=model][value='{model}']").check(force=True)
    page.wait_for_function(SETTLED, timeout=60_000)


def test_strength_follows_without_the_server(page) -> None:
    full = page.evaluate(CHANGED)
    assert full > 1
    page.evaluate(SET, ["strength", 0])
    assert page.evaluate(CHANGED) == 0
    page.evaluate(SET, ["strength", 0.5])
    half = page.evaluate(CHANGED)
    assert abs(half - full / 2) < 0.1 * full + 1


def test_a_style_of_the_gallery_is_taken(page) -> None:
    before = page.locator(STAGE).get_attribute("data-request-id")
    page.locator("#style input[name=gallery-style]").nth(1).check(force=True)
    page.wait_for_function(
        "(old) => document.querySelector('[data-part=style-stage]').dataset.requestId !== old",
        arg=before,
    )
    assert page.locator("[data-chosen=style]").inner_text() != ""


def test_the_cycle_is_shown_with_its_error(page) -> None:
    choose(page, "style/cyclegan-toy")
    page.locator("#style [data-do=cycle]").click()
    page.wait_for_selector("#style .cycle figure:nth-child(3)")
    assert float(page.locator("[data-part=cycle-note]").get_attribute("data-error")) >= 0


def test_a_link_comes_back_with_its_controls(page, visit, painter) -> None:
    page.evaluate(SET, ["blend", 0.5])
    page.wait_for_selector(f"""{STAGE}[data-request*='"blend":0.5']""", timeout=60_000)
    link = page.locator(STAGE).get_attribute("data-link")
    again = visit(f"#r={link}", where=painter, wait=STAGE)
    again.wait_for_function(SETTLED, timeout=60_000)
    assert again.locator("#style input[type=range][data-control=blend]").input_value() == "0.5"


def test_everything_is_said_in_chinese(page) -> None:
    page.locator("[data-do=language]").click()
    page.wait_for_function("() => document.documentElement.lang === 'zh-CN'")
    words = page.locator("#style .bench").inner_text()
    assert re.search(r"[\u4e00-\u9fff]", words)
    assert "Strength" not in words and "Brush" not in words


def test_colours_are_kept_a_mask_is_painted_and_the_way_back_taken(page) -> None:
    """Story 7: strength at 40 %, colours kept, a mask under the pen, then the other direction."""
    page.evaluate(SET, ["strength", 0.4])
    page.locator("#style [data-control=colours]").check(force=True)
    page.wait_for_selector(f"""{STAGE}[data-request*='"strength":0.4']""")
    page.locator("#style [data-do=mask]").click()
    box = page.locator("#style canvas.mask").bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=4)
    page.mouse.up()
    page.wait_for_selector(f"""{STAGE}[data-request*='"mask":']""")
    page.wait_for_function(SETTLED)
    some = page.evaluate(CHANGED)
    page.locator("#style [data-do=mask-invert]").click()
    page.wait_for_function(f"(some) => ({CHANGED})() > some * 1.5", arg=some)
    choose(page, "style/cyclegan-toy")
    page.locator("#style [data-control=direction]").select_option("back")
    page.wait_for_selector(f"""{STAGE}[data-request*='"direction":"back"']""")


def test_several_styles_are_tiles_of_the_sheet_and_weights(page) -> None:
    page.locator("#style [data-do=sheet]").click()
    tile = page.locator("#style .tile[data-style=post_impressionism]")
    tile.wait_for(timeout=60_000)
    tile.click()
    page.wait_for_selector(f"""{STAGE}[data-request*='"post_impressionism":1']""")
    slider = "#style input[type=range][data-control={}]"
    assert page.locator(slider.format("impressionism")).input_value() == "0"
    assert page.locator(slider.format("post_impressionism")).input_value() == "1"
