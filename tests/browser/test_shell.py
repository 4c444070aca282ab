"""The frame around the tabs: where the page opens, what keys do, and links that find their tab."""

from browser.hands import choose, settled, slide

TINY = "pictures/dcgan-toy"
OPEN = "() => document.querySelector('[role=tab][aria-selected=true]')?.dataset.tabId"


def opened(page, name: str) -> None:
    page.wait_for_function(f"(name) => ({OPEN})() === name", arg=name)


def test_a_reload_comes_back_to_the_same_tab_and_the_same_picture(visit) -> None:
    page = visit()
    choose(page, TINY)
    page.wait_for_function("() => location.hash.startsWith('#r=')")
    page.get_by_role("tab", name="Lab").click()
    page.wait_for_selector("#lab .drop")
    page.wait_for_function("() => location.hash === ''")
    page.reload()
    opened(page, "lab")
    page.get_by_role("tab", name="Pictures").click()
    page.wait_for_selector("[data-part=stage][data-shown]", state="visible")
    choose(page, TINY)
    slide(page, "direction_1", 1)
    request = settled(page)
    page.wait_for_timeout(500)  # the address follows after a moment of rest
    page.reload()
    opened(page, "pictures")
    page.wait_for_function(
        "() => document.querySelector('input[data-control=direction_1]')?.value === '1'"
    )
    assert settled(page) == request


def test_the_address_goes_with_the_tab_and_comes_back(visit) -> None:
    page = visit()
    choose(page, TINY)
    page.wait_for_function("() => location.hash.startsWith('#r=')")
    page.wait_for_timeout(500)  # the address follows after a moment of rest
    link = page.url
    page.keyboard.press(str(page.locator("[role=tab]").count()))  # the Lab is the last one
    opened(page, "lab")
    page.wait_for_function("() => location.hash === ''")
    page.keyboard.press("1")
    page.wait_for_function("(link) => location.href === link", arg=link)


def test_a_link_opens_its_tab_over_another_one(visit) -> None:
    page = visit()
    choose(page, TINY)
    slide(page, "direction_1", -1)
    request = settled(page)
    page.locator("[data-do=link]").click()
    link = page.url
    other = visit()
    other.get_by_role("tab", name="Lab").click()
    opened(other, "lab")
    other.evaluate("(link) => (location.href = link)", link)
    opened(other, "pictures")
    other.wait_for_function(
        "() => document.querySelector('input[data-control=direction_1]')?.value === '-1'"
    )
    assert settled(other) == request


def test_keys_press_what_the_open_tab_offers(visit) -> None:
    page = visit()
    seed = choose(page, TINY)["seed"]
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    assert settled(page)["seed"] == seed + 1
    page.locator("#pictures [data-control=seed]").focus()
    page.keyboard.press("n")
    assert settled(page)["seed"] == seed + 1, "a key that is typed is no shortcut"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    assert "Next seed" in sheet.inner_text()
    sheet.get_by_label("Shortcuts are on").uncheck()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("n")
    page.get_by_role("tab", name="Lab").click()
    page.keyboard.press("?")
    assert "Next seed" not in page.get_by_role("dialog").inner_text(), "only what is offered here"
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Pictures").click()
    assert settled(page)["seed"] == seed + 1, "switched off"


def test_a_narrow_page_moves_its_row_of_tabs_and_hides_none(visit) -> None:
    tabs = visit().locator("[role=tab]").count()
    page = visit(viewport={"width": 130, "height": 700})
    assert page.locator("[role=tab]").count() == tabs > 1
    assert page.get_by_role("button", name="More tabs").count() == 0
    page.locator("[data-part=stage]").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(str(page.locator("[role=tab]").count()))  # the Lab is the last one
    opened(page, "lab")
    box = page.get_by_role("tab", name="Lab").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 131, "moved into sight"


def test_a_bare_address_opens_with_the_last_model(visit, address) -> None:
    page = visit()
    choose(page, TINY)
    page.wait_for_function(f"() => localStorage.getItem('studio.model.pictures') === '{TINY}'")
    other = page.context.new_page()
    other.goto(address)
    other.wait_for_selector("[data-part=stage][data-shown]")
    assert settled(other)["model"] == TINY
