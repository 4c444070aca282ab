"""Around one picture: history, undo, favourites, presets, comparing, children, walks, tables."""

import io
import json
import re
import zipfile

from PIL import Image

from browser.hands import choose, explore, picture, saved, settled, slide

TINY, HERO = "pictures/dcgan-toy", "pictures/cgan-toy"


def test_undo_and_redo_go_by_what_a_person_did(visit) -> None:
    page = visit()
    first, before = choose(page, TINY), picture(page)
    for value in (0.5, 1, 1.5, 2):
        slide(page, "direction_1", value)
    moved = settled(page)
    page.locator("[data-do=next]").click()
    settled(page)
    page.locator("[data-do=undo]").click()
    assert settled(page) == moved
    page.keyboard.press("Control+z")
    assert settled(page) == first, "one drag is one step"
    assert picture(page) == before
    page.keyboard.press("Control+Shift+Z")
    assert settled(page) == moved
    page.locator("[data-do=redo]").click()
    assert settled(page)["seed"] == first["seed"] + 1
    assert page.locator("[data-do=redo]").is_disabled()


def test_history_and_favourites_outlive_the_page(visit) -> None:
    page = visit()
    choose(page, TINY)
    slide(page, "spread", 1.1)
    wanted, shown = settled(page), picture(page)
    page.locator("[data-do=love]").click()
    kept = page.locator(
        f"[data-kept='{page.locator('[data-part=stage]').get_attribute('data-request-id')}']"
    )
    kept.wait_for()
    assert page.locator("[data-do=love]").get_attribute("aria-pressed") == "true"
    page.goto("about:blank")
    page.go_back()
    page.evaluate("history.replaceState(null, '', location.pathname)")
    page.reload()
    choose(page, HERO)
    kept.click()
    assert settled(page) == wanted
    assert picture(page) == shown
    page.locator("[data-shelf=loved]").click()
    page.locator("[data-part=kept] .away").click()
    assert page.locator("[data-kept]").count() == 0
    assert page.locator("[data-do=love]").get_attribute("aria-pressed") == "false"


def test_a_preset_brings_the_controls_to_another_seed(visit) -> None:
    page = visit()
    choose(page, TINY)
    slide(page, "direction_2", 2.5)
    settled(page)
    page.locator("[data-shelf=presets]").click()
    page.locator("#preset-name").fill("strong")
    page.locator("[data-do=preset]").click()
    page.locator("[data-preset=strong]").wait_for()
    page.locator("[data-do=reset]").click()
    page.locator("[data-do=next]").click()
    plain = settled(page)
    assert plain["controls"]["direction_2"] == 0
    page.locator("[data-preset=strong]").click()
    again = settled(page)
    assert again["controls"]["direction_2"] == 2.5 and again["seed"] == plain["seed"]


def test_two_results_side_by_side(visit) -> None:
    page = visit()
    first, before = choose(page, TINY), picture(page)
    page.locator("[data-do=hold]").click()
    slide(page, "direction_1", 2)
    page.locator("[data-do=next]").click()
    second, after = settled(page), picture(page)
    held = page.locator("[data-part=held] img")
    assert held.get_attribute("src") == before
    told = page.locator("[data-part=differences]").inner_text().split("\n")
    assert told[-4:] == ["Seed", f"{first['seed']} → {second['seed']}", "Direction 1", "0 σ → 2 σ"]
    page.locator("[data-do=swap]").click()
    assert settled(page) == first and picture(page) == before
    assert held.get_attribute("src") == after
    choose(page, HERO)
    assert "Model" in page.locator("[data-part=differences]").inner_text()
    page.locator("[data-do=hold]").click()
    assert not held.is_visible()


def test_children_become_parents(visit) -> None:
    page = visit()
    parent = choose(page, TINY)
    tiles = explore(page, "children")
    assert len(tiles) == 8
    assert len({tile.locator("img").get_attribute("src") for tile in tiles}) == 8
    tiles[2].click()
    child = settled(page)
    assert child["controls"]["place"] == [0, 0.4], "a quarter of the ring around the parent"
    page.locator("[data-do=undo]").click()
    assert settled(page) == parent


def test_a_walk_to_a_seed_and_to_the_held_picture(visit) -> None:
    page = visit()
    first = choose(page, TINY)
    page.locator("[data-do=hold]").click()
    slide(page, "direction_1", 2)
    page.locator("[data-do=next]").click()
    settled(page)
    explore(page, "between")
    page.locator("#plan-end").fill("4711")
    page.locator("#plan-end").press("Tab")
    page.locator(".tile .caption", has_text="4711").wait_for()
    tiles = page.locator("[data-part=samples] .tile")
    tiles.nth(3).click()
    halfway = settled(page)["controls"]
    assert (halfway["toward"], halfway["between"]) == (4711, 0.43)
    page.locator("[data-do=undo]").click()
    settled(page)
    page.locator("[data-plan=held]").click()
    last = re.compile(rf"^{first['seed']}$")  # the whole of it: "1" is also in the old "4711"
    tiles.nth(7).locator(".caption", has_text=last).wait_for()
    tiles.nth(7).click()
    assert settled(page) == first


def test_tables_and_corners(visit) -> None:
    page = visit()
    first = choose(page, TINY)
    assert len(explore(page, "table")) == 25
    page.locator("[data-plan=across]").select_option("seed")
    page.locator(".axis", has_text="Seed").wait_for()
    page.wait_for_function("() => document.querySelectorAll('[data-tile] img').length === 25")
    page.locator("[data-tile='9']").click()
    asked = settled(page)
    assert asked["seed"] == first["seed"] + 4 and asked["controls"]["direction_2"] != 0
    assert len(explore(page, "corners")) == 25
    page.locator("[data-tile='24']").click()
    assert settled(page)["controls"]["place"] == [1, 1]


def test_everything_comes_home_in_one_file_or_as_a_film(visit) -> None:
    page = visit()
    choose(page, TINY)
    explore(page, "children")
    archive = zipfile.ZipFile(io.BytesIO(saved(page, "zip")))
    manifest = json.loads(archive.read("manifest.json"))
    assert [row["request"]["model"] for row in manifest["files"]] == [TINY] * 8
    assert "Terms:" in page.locator("section.samples .note").inner_text()
    page.locator("[data-film=seconds]").select_option("2")
    film = Image.open(io.BytesIO(saved(page, "film")))
    assert film.format == "WEBP" and film.n_frames > 20 and film.size == (64, 64)


def test_a_result_of_another_tab_is_taken_in(visit) -> None:
    page = visit()
    sent = choose(page, TINY)
    page.evaluate(
        """async (request) => {
          const scripts = performance.getEntriesByType("resource").map((e) => e.name);
          const {send} = await import(scripts.find((name) => name.endsWith("/js/send.js")));
          send("pictures", {request});
        }""",
        sent,
    )
    asked = settled(page)
    assert asked["model"].startswith("pictures/vae-") and asked["inputs"]["picture"] == sent
