"""The Pictures tab under real fingers: sliders, pad, seeds, reset, samples."""

import pytest

from browser.hands import choose, picture, settled, slide

TINY = "pictures/dcgan-toy"


def test_a_picture_is_there_while_no_call_is_answered(chromium, address) -> None:
    page = chromium.new_page()
    page.route("**/component_server/", lambda route: None)  # as if the model took for ever
    page.goto(address)
    page.wait_for_selector("#pictures .picture img[src^='data:image/png']")
    assert page.locator("[data-part=stage]").get_attribute("data-shown") == "0"
    page.close()


def test_a_slider_changes_the_picture_and_reset_brings_it_back(visit) -> None:
    page = visit()
    choose(page, TINY)
    before = picture(page)
    reset = page.locator("[data-do=reset]")
    assert reset.is_disabled()
    slide(page, "direction_1", 3.5)
    request = settled(page)
    assert request["controls"]["direction_1"] == 3.5
    assert picture(page) != before
    reset.click()
    assert settled(page)["controls"]["direction_1"] == 0
    assert picture(page) == before
    assert reset.is_disabled()


def test_the_last_of_many_values_wins(visit) -> None:
    page = visit()
    choose(page, TINY)
    page.evaluate(
        """async () => {
          const slider = document.querySelector("input[data-control=direction_2]");
          for (let i = 0; i <= 200; i++) {
            slider.value = -4 + i * 0.04;
            slider.dispatchEvent(new Event("input", {bubbles: true}));
            if (i % 7 === 0) await new Promise((done) => setTimeout(done, 3));
          }
          slider.value = 1.7;
          slider.dispatchEvent(new Event("input", {bubbles: true}));
        }"""
    )
    assert settled(page)["controls"]["direction_2"] == 1.7
    dragged = picture(page)
    page.wait_for_timeout(300)  # nothing late may come and replace it
    assert picture(page) == dragged
    page.locator("[data-do=reset]").click()
    settled(page)
    slide(page, "direction_2", 1.7)
    settled(page)
    assert picture(page) == dragged


def test_numbers_are_typed_and_go_to_their_step(visit) -> None:
    page = visit()
    choose(page, TINY)
    box = page.get_by_label("Daring").and_(page.locator("[type=number]"))
    box.fill("0.77")
    box.press("Tab")
    assert settled(page)["controls"]["spread"] == pytest.approx(0.75)
    assert box.input_value() == "0.75"
    box.fill("99")
    box.press("Tab")
    assert settled(page)["controls"]["spread"] == pytest.approx(1.3)


def test_the_seed_row(visit) -> None:
    page = visit()
    seed = choose(page, TINY)["seed"]
    page.locator("[data-do=next]").click()
    assert settled(page)["seed"] == seed + 1
    page.locator("#pictures [data-control=seed]").fill("0")
    page.locator("#pictures [data-control=seed]").press("Enter")
    page.locator("[data-do=previous]").click()
    assert settled(page)["seed"] == 2**31 - 1, "before seed 0 stands the largest one"
    page.locator("#pictures [data-control=seed]").fill("4711")
    page.locator("#pictures [data-control=seed]").press("Enter")
    assert settled(page)["seed"] == 4711
    page.locator("[data-do=random]").click()
    assert settled(page)["seed"] != 4711


def test_a_chosen_model_shows_what_its_chip_promised(visit) -> None:
    """At once, while the model is loaded; a seed of one's own stays."""
    page = visit()
    choose(page, TINY)
    before = picture(page)
    page.route("**/component_server/**", lambda _: None)  # never answered
    page.locator('label[for="m-pictures/vae-toy"]').click()
    page.wait_for_function(
        "(old) => document.querySelector('[data-part=stage] .picture img').src !== old", arg=before
    )
    seeds = page.evaluate(
        """async () => {
          const asked = document.querySelector("link[rel=modulepreload][href$='/asked.js']").href;
          const { Asked } = await import(asked);
          const [one, two] = [42, 30].map((seed) => ({ id: `m${seed}`, seed, controls: [] }));
          const followed = new Asked(one, one.seed);
          followed.choose(two);
          const own = new Asked(one, 7);
          own.choose(two);
          return [followed.seed, own.seed];
        }"""
    )
    assert seeds == [30, 7]


def test_the_pad_walks_by_mouse_and_keys(visit) -> None:
    page = visit()
    choose(page, TINY)
    before = picture(page)
    field = page.locator("[data-control=place]")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 50, middle[1] - 20, steps=6)
    page.mouse.up()
    x, y = settled(page)["controls"]["place"]
    assert 0.5 < x < 1.5
    assert -1 < y < 0
    assert picture(page) != before
    field.focus()
    page.keyboard.press("Home")
    assert settled(page)["controls"]["place"] == [0, 0]
    assert picture(page) == before
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    assert settled(page)["controls"]["place"] == [0.1, 1]


def test_a_finger_drags_the_pad_and_the_page_stays(visit) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    choose(page, TINY)
    field = page.locator("[data-control=place]")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    scrolled = page.evaluate("scrollY")
    touch = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        *(("touchMove", [{"x": x, "y": y + 8 * i}]) for i in range(1, 8)),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    _, down = settled(page)["controls"]["place"]
    assert down > 0.4
    assert page.evaluate("scrollY") == scrolled


def test_the_view_follows_to_the_end_of_the_plane(visit) -> None:
    page = visit()
    choose(page, TINY)
    field = page.locator("[data-control=place]")
    field.focus()
    for _ in range(10):
        page.keyboard.press("Shift+ArrowRight")
    assert settled(page)["controls"]["place"] == [8, 0]
    puck, box = page.locator(".puck").bounding_box(), field.bounding_box()
    assert box["x"] < puck["x"] < box["x"] + box["width"] - puck["width"] + 1


def test_a_family_that_nobody_prepared_for_has_its_controls(visit) -> None:
    page = visit()
    request = choose(page, "pictures/toy-toy")
    assert request["controls"] == {"light": 0, "shape": "all"}
    before = picture(page)
    page.get_by_label("Shape").select_option("half")
    assert settled(page)["controls"]["shape"] == "half"
    assert picture(page) != before
    slide(page, "light", 0.75)
    assert settled(page)["controls"]["light"] == 0.75
    assert page.locator("[data-part=card]").inner_text().startswith("About Toy colours")


def test_samples_are_seeds_to_take(visit) -> None:
    page = visit()
    first = choose(page, TINY)["seed"]
    page.locator("[data-part=samples]").scroll_into_view_if_needed()
    tiles = page.locator("[data-part=samples] [data-seed]")
    page.wait_for_function("() => document.querySelectorAll('[data-seed]').length === 16")
    seeds = [int(tile.get_attribute("data-seed")) for tile in tiles.all()]
    assert seeds == list(range(first, first + 16))
    small = tiles.nth(4).locator("img").get_attribute("src")
    tiles.nth(4).click()
    assert settled(page)["seed"] == first + 4
    assert tiles.nth(4).get_attribute("aria-pressed") == "true"
    same = page.evaluate(
        """async ([a, b]) => {
          const pixels = async (src) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
            canvas.drawImage(image, 0, 0);
            return canvas.getImageData(0, 0, image.width, image.height).data;
          };
          const [one, two] = [await pixels(a), await pixels(b)];
          return Math.max(...one.map((v, i) => Math.abs(v - two[i])));
        }""",
        [small, picture(page)],
    )
    assert same <= 1, "a shared batch stays within one grey level"


def test_samples_stop_within_a_second(visit) -> None:
    page = visit()
    choose(page, TINY)
    page.locator("[data-part=samples]").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelectorAll('[data-seed]').length === 16")
    page.route("**/component_server/", lambda route: (page.wait_for_timeout(60), route.continue_()))
    page.locator("label[for=count-64]").click()
    page.wait_for_function("() => document.querySelectorAll('[data-seed]').length >= 4")
    stop = page.locator("[data-do=samples]")
    assert stop.inner_text() == "Stop"
    stop.click()
    page.wait_for_timeout(1000)
    held = page.locator("[data-seed]").count()
    assert held < 64
    page.wait_for_timeout(500)
    assert page.locator("[data-seed]").count() == held
    assert page.locator(".ghost").count() == 0
    assert stop.inner_text() == "Show again"
