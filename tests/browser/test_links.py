"""A link is the picture: copied here, opened there, and a clear word where it cannot be."""

import base64
import zlib

from browser.hands import choose, picture, settled, slide

TINY = "pictures/dcgan-toy"


def test_a_link_opens_the_same_picture_in_another_browser(visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    choose(page, TINY)
    page.locator("#pictures [data-control=seed]").fill("77")
    page.locator("#pictures [data-control=seed]").press("Enter")
    slide(page, "direction_1", -2.3)
    request = settled(page)
    page.locator("[data-do=link]").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    assert "#r=" in link
    other = visit(link.partition("/#")[2] and "#" + link.partition("/#")[2])
    assert settled(other) == request
    assert picture(other) == picture(page)
    assert other.locator("#pictures [data-control=seed]").input_value() == "77"
    assert other.locator("input[type=range][data-control=direction_1]").input_value() == "-2.3"
    assert other.locator("[name=model]:checked").input_value() == TINY


def test_the_address_follows_and_a_pasted_one_is_taken(visit) -> None:
    page = visit()
    choose(page, TINY)
    slide(page, "direction_1", 1)
    first = settled(page)
    page.wait_for_function("() => location.hash.startsWith('#r=')")
    page.wait_for_timeout(500)
    link = page.url
    slide(page, "direction_1", 2)
    settled(page)
    page.wait_for_function("(old) => location.href !== old", arg=link)
    page.evaluate("(old) => (location.href = old)", link)
    page.wait_for_function(
        "() => document.querySelector('input[data-control=direction_1]').value === '1'"
    )
    assert settled(page) == first


def test_a_link_is_taken_before_the_address_has_followed_what_is_shown(visit) -> None:
    page = visit()
    choose(page, TINY)
    first = settled(page)
    page.wait_for_timeout(500)  # the address names the first picture
    stage = "#pictures [data-part=stage]"
    page.evaluate(
        """async (stage) => {
          const link = location.hash, made = document.querySelector(stage).dataset.requestId;
          document.querySelector("#pictures [data-do=next]").click();
          while (document.querySelector(stage).dataset.requestId === made)
            await new Promise(requestAnimationFrame);
          location.hash = "";
          location.hash = link;
        }""",
        stage,
    )
    page.wait_for_timeout(500)
    assert settled(page) == first


def test_a_broken_link_says_so_and_the_page_works(visit) -> None:
    page = visit("#r=nonsense")
    note = page.locator("[data-part=notice]")
    note.wait_for()
    assert "This link holds no request" in note.inner_text()
    assert choose(page, TINY)["model"] == TINY
    note.get_by_role("button", name="Close").click()
    assert note.is_hidden()


def test_a_link_to_a_model_that_is_not_here_names_the_closest(visit) -> None:
    packed = zlib.compress(b'{"model":"pictures/dcgan-toys","seed":1}')[2:-4]
    page = visit("#r=" + base64.urlsafe_b64encode(packed).decode().rstrip("="))
    page.get_by_text("There is no model").wait_for()
    assert "pictures/dcgan-toy" in page.locator("[data-part=notice]").inner_text()


def test_two_people_do_not_see_each_other(visit) -> None:
    one, two = visit(), visit()
    choose(one, TINY)
    choose(two, TINY)
    settled(two)
    slide(one, "direction_1", 4)
    assert settled(one)["controls"]["direction_1"] == 4
    slide(two, "spread", 0.5)
    request = settled(two)
    assert request["controls"]["direction_1"] == 0
    assert request["controls"]["spread"] == 0.5
    assert settled(one)["controls"]["spread"] == 0.8


def test_nine_tabs_of_one_browser_all_answer(visit) -> None:
    page = visit()
    pages = [page]
    for _ in range(8):
        other = page.context.new_page()
        other.goto(page.url.split("#")[0])
        pages.append(other)
    for number, tab in enumerate(pages):
        tab.bring_to_front()
        tab.wait_for_selector("[data-part=stage][data-shown]")
        choose(tab, TINY)
        slide(tab, "direction_1", number / 10)
    for number, tab in enumerate(pages):
        tab.bring_to_front()
        assert settled(tab)["controls"]["direction_1"] == number / 10
