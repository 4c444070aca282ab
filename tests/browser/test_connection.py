"""A server that goes away and comes back: the open page says so, waits, and goes on by itself."""

import pytest

from browser.hands import choose, picture, settled, slide
from studio.bench.servers import free_port, ours, serving

TINY = "pictures/dcgan-toy"


def test_a_restarted_server_is_found_again_without_reload(visit, models_root, monkeypatch) -> None:
    monkeypatch.setenv("STUDIO_MODELS", str(models_root))
    port = free_port()
    with serving(ours(port), port) as (where, _):
        page = visit(where=where)
        choose(page, TINY)
        slide(page, "direction_1", 2)
        settled(page)
        before = picture(page)
    page.expected = ("ERR_CONNECTION_REFUSED", "Failed to fetch", "component server")
    slide(page, "direction_1", -2)
    status = page.locator("[data-part=stage] .status")
    page.wait_for_function(
        "() => document.querySelector('[data-part=stage]').dataset.state === 'lost'"
    )
    assert status.inner_text() == "Connection lost, trying again…"
    assert picture(page) == before
    slide(page, "direction_1", 1.5)  # the newest value is the one that shall come back
    with serving(ours(port), port):
        assert settled(page)["controls"]["direction_1"] == 1.5
        assert status.inner_text() == ""
        assert picture(page) != before


def test_slow_answers_are_told_from_a_lost_line(visit) -> None:
    page = visit()
    choose(page, TINY)
    held = []

    def hold_the_first(route) -> None:
        if route.request.post_data_json["fn_name"] == "live":
            held.append(route)
        if len(held) != 1 or route is not held[0]:
            route.continue_()

    page.route("**/component_server/", hold_the_first)
    slide(page, "direction_1", 3)
    page.wait_for_function(
        "() => document.querySelector('[data-part=stage]').dataset.state === 'wait'"
    )
    slide(page, "direction_1", 2)
    slide(page, "direction_1", 1)
    assert len(held) == 1, "one call in flight"
    held[0].continue_()
    assert settled(page)["controls"]["direction_1"] == 1
    assert page.locator("[data-part=stage]").get_attribute("data-state") == "ready"


@pytest.mark.parametrize("answer", [{"status": 500}, {"status": 200, "body": "no JSON"}])
def test_a_failed_call_becomes_a_sentence_and_the_next_one_works(visit, answer) -> None:
    page = visit()
    choose(page, TINY)
    page.expected = ("500", "component server", "JSON")
    page.route("**/component_server/", lambda route: route.fulfill(**answer))
    slide(page, "direction_1", 3)
    note = page.locator("[data-part=stage] .note")
    page.locator("[data-part=stage] .note.bad").wait_for()
    assert "could not read this request" in note.inner_text()
    page.unroute("**/component_server/")
    slide(page, "direction_1", 2)
    assert settled(page)["controls"]["direction_1"] == 2
    assert note.inner_text() == ""
