"""What a stranger does in the first five minutes, from end to end."""

import io

import numpy as np
import pytest
from PIL import Image

from browser.hands import choose, explore, picture, saved, settled, slide

TINY, HERO, VAE = "pictures/dcgan-toy", "pictures/cgan-toy", "pictures/vae-toy"
SEARCH = 300_000  # milliseconds; cores are seldom idle


def photograph(path, colour=(200, 80, 20)) -> str:
    """A file that no model made."""
    shape = Image.new("RGB", (60, 40), colour)
    shape.paste((20, 60, 200), (20, 10, 40, 30))
    shape.save(path, "JPEG")
    return str(path)


def test_a_cat_before_any_model_and_the_same_cat_elsewhere(visit) -> None:
    """Story 1: the pad moves it, its address and its milliseconds are there, the link works."""
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    choose(page, TINY)
    before = picture(page)
    field = page.locator("[data-control=place]")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    seen = set()
    for step in range(1, 9):
        page.mouse.move(x + 9 * step, y - 4 * step)
        settled(page)
        seen.add(picture(page))
    page.mouse.up()
    assert len(seen - {before}) >= 6, "it changes under the finger"
    request = settled(page)
    across, up = request["controls"]["place"]
    assert page.locator("output.address").inner_text() == f"{across:.2f}, {up:.2f}"
    assert " ms model" in page.locator(".time").inner_text()
    page.locator("[data-do=link]").click()
    link = page.evaluate("navigator.clipboard.readText()")
    other = visit("#" + link.partition("#")[2])
    assert settled(other) == request and picture(other) == picture(page)


def test_a_hero_from_all_sides_for_a_game(visit) -> None:
    """Story 3: conditions, the same hero turned, a sprite sheet with transparency."""
    page = visit()
    choose(page, HERO)
    page.locator("[data-control=skin]").select_option("orc")
    settled(page)
    tiles = explore(page, "turns")
    assert [t.inner_text() for t in tiles] == ["back", "front"]
    before = [t.locator("img").get_attribute("src") for t in tiles]
    page.locator("[data-control=skin]").select_option("dark")
    page.wait_for_function(
        "(old) => document.querySelector('[data-tile] img').src !== old", arg=before[0]
    )
    page.locator("[data-control=skin]").select_option("orc")
    settled(page)
    page.wait_for_function(
        "(old) => document.querySelector('[data-tile] img').src === old", arg=before[0]
    )
    whole = Image.open(io.BytesIO(saved(page, "sheet")))
    assert whole.mode == "RGBA" and whole.size == (16, 32)
    assert set(np.unique(np.asarray(whole)[..., 3])) <= {0, 255}
    assert "2 rows" in page.locator("section.samples .note").inner_text()


def test_an_own_picture_is_encoded_and_changed(visit, tmp_path) -> None:
    """Story 4, with a model that has an encoder: drop, move, undo, reset, leave."""
    page = visit()
    plain = choose(page, VAE)
    start = picture(page)
    page.locator("#own-file").set_input_files(photograph(tmp_path / "cat.jpg"))
    page.locator(".own-given img").wait_for()
    given = settled(page)
    assert given["inputs"]["picture"]["name"] == "cat.jpg"
    seen = picture(page)
    assert seen != start
    slide(page, "direction_1", 3)
    settled(page)
    assert picture(page) != seen
    page.locator("[data-do=undo]").click()
    assert settled(page) == given and picture(page) == seen
    slide(page, "direction_2", -2)
    settled(page)
    page.locator("[data-do=reset]").click()
    assert settled(page) == given, "the picture stays, the controls go home"
    page.wait_for_function("() => location.hash.startsWith('#r=')")
    page.wait_for_timeout(500)  # the address follows within half a second
    link = page.url.partition("#")[2]
    page.locator("[data-do=leave-own]").click()
    assert settled(page)["inputs"] == plain["inputs"] == {}
    assert picture(page) == start

    other = visit("#" + link, wait="[data-part=own] .missing")
    assert "cat.jpg" in other.locator("[data-part=own] .missing").inner_text()
    other.locator("#own-file").set_input_files(photograph(tmp_path / "cat.jpg"))
    assert settled(other) == given and picture(other) == seen


@pytest.mark.timeout(400)
def test_an_own_picture_is_looked_for(visit, tmp_path) -> None:
    """Story 4, with a model that has none: a search with previews; its spot is in the link."""
    page = visit()
    choose(page, TINY)
    page.locator("#own-file").set_input_files(photograph(tmp_path / "cat.jpg"))
    page.wait_for_function(
        "() => JSON.parse(document.querySelector('[data-part=stage]').dataset.request || '{}')"
        ".controls?.own",
        timeout=SEARCH,
    )
    found = settled(page)
    assert found["inputs"] == {}, "the file itself is in no request"
    seen = picture(page)
    slide(page, "direction_1", 2)
    settled(page)
    assert picture(page) != seen
    page.locator("[data-do=undo]").click()
    settled(page)
    page.wait_for_timeout(500)
    other = visit("#" + page.url.partition("#")[2])
    assert settled(other) == found and picture(other) == seen
    page.locator("[data-do=leave-own]").click()
    assert settled(page)["controls"]["own"] == ""


@pytest.mark.timeout(400)
def test_a_search_is_stopped_and_a_bad_file_is_told(visit, tmp_path) -> None:
    page = visit()
    choose(page, TINY)
    text = tmp_path / "text.png"
    text.write_text("no picture at all")
    page.locator("#own-file").set_input_files(str(text))
    page.locator("[data-part=own] .note.bad").wait_for()
    assert "text.png" in page.locator("[data-part=own] .note").inner_text()
    page.locator("#own-file").set_input_files(photograph(tmp_path / "cat.jpg"))
    page.wait_for_function(
        "() => document.querySelector('[data-part=own] progress')?.value > 0.1", timeout=SEARCH
    )
    page.locator("[data-do=stop-search]").click()
    page.locator("[data-do=leave-own]").wait_for()
    assert settled(page)["controls"]["own"], "the best so far is kept"
