"""The Music tab in a real browser: sound after a tap, one call a move, files in and out."""

from __future__ import annotations

import json

import pytest

from models.golden import example
from models.registry import cards, family_of
from studio.media import notes

STAGE = "#music [data-part=stage]"
SETTLED = f"""() => {{
  const stage = document.querySelector("{STAGE}");
  const {{asked, shown}} = stage?.dataset || {{}};
  return stage && asked === shown && shown !== "0";
}}"""

pytestmark = pytest.mark.skipif(
    not any(family_of(card).gives == "notes" for card in cards().values()),
    reason="no music model is published",
)


@pytest.fixture
def page(visit):
    opened = visit()
    opened.get_by_role("tab", name="Music").click()
    opened.wait_for_function(SETTLED)
    return opened


def calls(page) -> list[str]:
    """Names of the server functions that are called from now on."""
    seen: list[str] = []
    page.on(
        "request",
        lambda r: "component_server" in r.url and seen.append(r.post_data_json["fn_name"]),
    )
    return seen


def test_sound_starts_only_after_a_tap_and_stops(page) -> None:
    assert page.locator(STAGE).get_attribute("data-sound") in (None, "off")
    page.locator("#music [data-do=play]").click()
    page.wait_for_selector(f"{STAGE}[data-sound=on]")
    page.wait_for_function(
        "() => parseFloat(document.querySelector('#music .playhead').style.left) > 1"
    )
    page.locator("#music [data-do=play]").click()
    page.wait_for_selector(f"{STAGE}[data-sound=off]")


def test_a_move_is_one_call_and_changes_the_roll(page) -> None:
    before = page.locator(STAGE).get_attribute("data-request-id")
    seen = calls(page)
    page.locator("#music [data-do=next]").click()
    page.wait_for_function(SETTLED)
    assert seen.count("live") == 1
    assert page.locator(STAGE).get_attribute("data-request-id") != before


def test_music_is_taken_home_and_comes_back(page, tmp_path) -> None:
    page.locator("#music [data-do=next]").click()
    page.wait_for_function(SETTLED)
    wanted = page.locator(STAGE).get_attribute("data-request-id")
    with page.expect_download() as got:
        page.locator("#music [data-form=mid]").click()
    path = tmp_path / got.value.suggested_filename
    got.value.save_as(path)
    assert path.suffix == ".mid"
    page.locator("#music [data-do=previous]").click()
    page.wait_for_function(SETTLED)
    page.locator("#music-own-file").set_input_files(path)
    page.wait_for_selector(f"{STAGE}[data-request-id='{wanted}']")


def test_an_own_file_is_looked_at_and_used_and_a_bad_one_gets_a_sentence(page, tmp_path) -> None:
    whole, broken = tmp_path / "tune.mid", tmp_path / "broken.mid"
    whole.write_bytes(notes.to_midi(example("notes")))
    broken.write_bytes(whole.read_bytes()[:50])
    page.locator("#music-own-file").set_input_files(broken)
    page.get_by_text("damaged").first.wait_for()
    page.locator("#music-own-file").set_input_files(whole)
    page.get_by_text("melody of 16 notes").wait_for()
    page.wait_for_function(
        f"() => document.querySelector('{STAGE}').dataset.request?.includes('tune.mid')"
    )


def test_ids_of_the_tab_are_its_own(page) -> None:
    twice = page.evaluate(
        """() => {
          const ids = [...document.querySelectorAll("[id]")].map((e) => e.id).filter(Boolean);
          return ids.filter((id, i) => ids.indexOf(id) !== i);
        }"""
    )
    assert twice == []
    lost = page.evaluate(
        """() => [...document.querySelectorAll("#music label[for]")]
          .filter((l) => !document.getElementById(l.htmlFor)).map((l) => l.htmlFor)"""
    )
    assert lost == []


def test_story_nine_energy_locks_a_file_gone_on_with_and_taken_home(page, tmp_path) -> None:
    stage = page.locator(STAGE)
    page.locator("#music input[value='music/cgan-toy']").check(force=True)
    page.wait_for_function(SETTLED)
    page.locator("#music [data-do=play]").click()
    page.wait_for_selector(f"{STAGE}[data-sound=on]")
    energy = page.locator("#music input[type=range][data-control=energy]")
    energy.press("ArrowRight")
    page.wait_for_function(SETTLED)
    assert controls_of(stage)["energy"] == 0.1
    assert stage.get_attribute("data-sound") == "on", "it goes on while it is bent"

    page.locator("#music [data-kind=lock][data-track=drums]").click()
    page.locator("#music [data-do=reroll]").click()
    page.wait_for_function(SETTLED)
    takes = {k: v for k, v in controls_of(stage).items() if k.startswith("take_")}
    assert takes.pop("take_drums") == 0 and all(takes.values())
    page.locator("#music [data-do=undo]").click()
    page.wait_for_function(SETTLED)
    assert not any(v for k, v in controls_of(stage).items() if k.startswith("take_"))

    page.locator("#music [data-part=further] [data-offer=offer_harmonise]").click()
    page.wait_for_function(SETTLED)
    asked = json.loads(stage.get_attribute("data-request"))
    assert asked["inputs"]["tune"]["model"] == "music/cgan-toy"

    file = tmp_path / "tune.mid"
    file.write_bytes(notes.to_midi(example("notes")))
    page.locator("#music-own-file").set_input_files(file)
    page.locator("#music [data-part=fitting] [data-offer=offer_go_on]").click()
    page.wait_for_function(SETTLED)
    asked = json.loads(stage.get_attribute("data-request"))
    assert asked["inputs"]["tune"]["name"] == "tune.mid" and "given" in asked["controls"]
    for form in ("mid", "wav"):
        with page.expect_download() as got:
            page.locator(f"#music [data-form={form}]").click()
        assert got.value.suggested_filename.endswith(form)


def controls_of(stage) -> dict:
    return json.loads(stage.get_attribute("data-request"))["controls"]
