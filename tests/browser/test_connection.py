"""Page and server that lose one another: a server that comes back is found again, a page that is
closed leaves no work behind."""

import json
import os
import time
import urllib.request

import pytest
from conftest import ODD

from browser.hands import choose, explore, picture, settled, slide
from studio.bench.caller import component
from studio.bench.servers import free_port, ours, serving

TINY, SLOW = "pictures/dcgan-toy", "pictures/odd-toy"


@pytest.fixture(scope="module")
def port() -> int:
    """Of a server that ends and of the one that takes its place."""
    return free_port()


@pytest.fixture(scope="module")
def back(port, models_root, odd_models):
    """The second server, which also has a model as slow as a person asks for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_MODELS", os.pathsep.join(map(str, (models_root, ODD, odd_models))))
        with serving(ours(port), port) as (where, _):
            yield where


def test_a_restarted_server_is_found_again_without_reload(
    visit, port, models_root, monkeypatch, request
) -> None:
    monkeypatch.setenv("STUDIO_MODELS", str(models_root))
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
    request.getfixturevalue("back")
    assert settled(page)["controls"]["direction_1"] == 1.5
    assert status.inner_text() == ""
    assert picture(page) != before


def test_a_closed_tab_stops_its_film(visit, back) -> None:
    page = visit(where=back)
    choose(page, SLOW)
    explore(page, "children")
    slide(page, "pause", 200)  # a film of 16 seconds is then a minute and a half of work
    settled(page)
    page.locator("[data-film=seconds]").select_option("16")
    page.locator("[data-do=film]").click()
    page.wait_for_function(
        "() => /[1-9] % done/.test(document.querySelector('section.samples .note').textContent)"
    )
    assert under_way(back) == 1
    page.close()
    ends(back)


def test_a_closed_tab_stops_its_run(visit, back, tmp_path) -> None:
    page = visit(where=back)
    file = tmp_path / "request.json"
    controls = {"steps": 1000, "pause": 200}  # three minutes of work
    file.write_text(json.dumps({"model": SLOW, "seed": 3, "controls": controls}))
    page.get_by_role("tab", name="Lab").click()
    page.locator("#info-file").set_input_files(file)
    page.locator("[data-do=again]").click()
    page.get_by_text("% done").wait_for()
    assert under_way(back) == 1
    page.close()
    ends(back)


def under_way(address: str) -> int:
    """How many runs the studio has, by its own status."""
    call = {"component_id": component(address, "lab"), "fn_name": "status", "session_hash": "x"}
    body = json.dumps({**call, "data": {}}).encode()
    where = f"{address}gradio_api/component_server/"
    asked = urllib.request.Request(where, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return dict(json.load(answer)["facts"])["waiting"]


def ends(address: str) -> None:
    """No run is left long before the work could have been done; `-s` shows how soon."""
    closed = time.monotonic()
    while under_way(address):
        assert time.monotonic() < closed + 30, "it works on for nobody"
    print(f"stopped {time.monotonic() - closed:.2f} s after its tab was closed")


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
