"""The Music tab in a real browser: sound after a tap, one call a move, files in and out."""

from __future__ import annotations

import json

import numpy as np
import pytest

from models.golden import example
from models.registry import cards, family_of
from models.values import TICKS, Notes, Track
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


# Every note that is laid out for the sound card: when it begins, and when that was decided.
LISTEN = """() => {
  window.laid = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (at, ...rest) {
    window.laid.push([at, this.context.currentTime]);
    return start.call(this, at, ...rest);
  };
}"""
BARS_LAID = "() => window.laid.filter(([, now], i, all) => !i || now - all[i - 1][1] > 0.4).length"


def test_what_is_bent_while_it_plays_is_heard_from_the_next_bar_line(page) -> None:
    heard: list[dict] = []
    page.on("response", lambda r: "component_server" in r.url and heard.append(r.json()))
    page.locator("#music input[value='music/melodyvae-nottingham']").check(force=True)
    page.wait_for_function(SETTLED)
    page.locator("#music input[type=range][data-control=bars]").fill("2")
    page.wait_for_function(SETTLED)
    old = bars_of(heard)
    page.evaluate(LISTEN)
    page.locator("#music [data-do=play]").click()
    page.wait_for_function(f"() => ({BARS_LAID})() >= 1")
    before = page.locator("#music [data-part=roll]").get_attribute("data-notes")
    page.locator("#music input[type=range][data-control=notes]").fill("3")
    page.wait_for_function(SETTLED)
    done = page.evaluate(BARS_LAID)
    new = bars_of(heard)
    assert page.locator("#music [data-part=roll]").get_attribute("data-notes") != before
    place = "document.querySelector('#music .playhead').style.left"
    at = page.evaluate(place)
    page.wait_for_function(f"() => ({BARS_LAID})() >= {done + 3} && {place} !== '{at}'")
    page.locator("#music [data-do=play]").click()

    groups: list[list[float]] = []
    laid = page.evaluate("() => window.laid")
    for i, (start, now) in enumerate(laid):
        if not i or now - laid[i - 1][1] > 0.4:
            groups.append([])
        groups[-1].append(start)
    played = [sorted(round(x - min(g), 2) for x in g) for g in groups]
    which = [[alike(bar, b) for b in (old[i % 2], new[i % 2])] for i, bar in enumerate(played)]
    assert all(any(pair) for pair in which), "every bar is whole: the old one or the new one"
    first = next(i for i, (_, is_new) in enumerate(which) if is_new)
    assert 1 <= first <= done + 1 and all(is_new for _, is_new in which[first:])


def bars_of(heard: list[dict]) -> list[list[float]]:
    """Seconds from a bar's first note to each of its notes, of the newest answer with notes."""
    answers = [a["notes"] for a in heard if isinstance(a, dict) and a.get("notes")]
    piece = answers[-1]
    (track,) = piece["tracks"]
    starts = np.array(track["rows"][::4])
    second = piece["tempo"] / 60 * TICKS
    cut = [starts[starts // piece["bar"] == i] for i in range(piece["ticks"] // piece["bar"])]
    return [sorted(((bar - bar.min()) / second).tolist()) for bar in cut]


def alike(a: list[float], b: list[float]) -> bool:
    return len(a) == len(b) and bool(np.allclose(a, b, atol=0.03))


def midi(*parts: Track) -> bytes:
    return notes.to_midi(Notes(parts, 120, 16 * TICKS))


def test_interpolation_leads_from_one_dropped_file_to_another(page, tmp_path) -> None:
    stage, part = page.locator(STAGE), page.locator("#music [data-part=between]")
    tune, beat = example("notes").tracks
    down = np.array([[i * TICKS // 2, 84 - i % 7, TICKS // 2, 90] for i in range(32)], np.int32)
    ride = np.array([[i * TICKS // 4, (36, 51)[i % 2], 60, 100] for i in range(64)], np.int32)
    files = {
        "first.mid": midi(tune, beat),
        "second.mid": midi(Track("tune", down), Track("beat", ride, drums=True)),
        "tune alone.mid": midi(tune),
        "broken.mid": notes.to_midi(example("notes"))[:50],
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    def other(name: str) -> None:
        page.locator("#music-other-file").set_input_files(tmp_path / name)

    page.locator("#music input[value='music/wavenet-nottingham']").check(force=True)
    page.wait_for_function(SETTLED)
    assert not part.is_visible(), "this model does not interpolate"
    for model in ("music/melodyvae-nottingham", "music/drumvae-groove"):
        page.locator(f"#music input[value='{model}']").check(force=True)
        page.wait_for_function(SETTLED)
        if not page.locator("#music [data-do=remove]").is_visible():
            page.locator("#music-own-file").set_input_files(tmp_path / "first.mid")
        page.wait_for_function(given(model, "tune", "first.mid"))
        page.wait_for_function(SETTLED)  # a layout that is being replaced takes no file
        before = stage.get_attribute("data-request")
        other("broken.mid")
        part.get_by_text("damaged").wait_for()
        assert stage.get_attribute("data-request") == before, "what is refused changes nothing"
        other("second.mid")
        page.wait_for_function(given(model, "other", "second.mid", "walk"))
        page.wait_for_function(SETTLED)
        assert part.locator(".found").inner_text() == "", "what was wrong before is forgotten"
        assert "first.mid" in part.inner_text() and "second.mid" in part.inner_text()
        asked = controls_of(stage)
        assert asked["form"] == "walk" and asked["bars"] == 18, "eight steps are nine places"
        part.locator("[data-part=walk-steps]").fill("3")
        page.wait_for_function(
            f"() => JSON.parse(document.querySelector('{STAGE}').dataset.request)"
            ".controls.bars === 8"
        )
        page.locator("#music [data-do=play]").click()
        page.wait_for_selector(f"{STAGE}[data-sound=on]")
        page.locator("#music [data-do=play]").click()
        with page.expect_download() as got:
            page.locator("#music [data-form=mid]").click()
        taken = tmp_path / f"{model.split('/')[1]}.mid"
        got.value.save_as(taken)
        piece = notes.decode(taken.read_bytes(), taken.name, 600)
        starts = np.concatenate([t.rows[:, 0] for t in piece.tracks]) // (2 * 4 * TICKS)
        assert set(starts.tolist()) == {0, 1, 2, 3}, "one piece of four places"

    other("tune alone.mid")
    part.get_by_text("holds no drums").wait_for()
    part.locator("[data-do=leave-other]").click()
    page.wait_for_function(SETTLED)
    assert "seed 2" in part.inner_text()
    part.locator("[data-part=walk-steps]").fill("8")
    page.wait_for_function(SETTLED)
    asked = json.loads(stage.get_attribute("data-request"))
    assert "other" not in asked["inputs"] and asked["controls"]["form"] == "walk"


def given(model: str, take: str, name: str, form: str = "") -> str:
    """In the page: whether what is shown was made by `model` with a file called `name`."""
    return f"""() => {{
      const asked = JSON.parse(document.querySelector("{STAGE}").dataset.request || "{{}}");
      return asked.model === "{model}" && asked.inputs?.{take}?.name === "{name}"
        && (!"{form}" || asked.controls.form === "{form}");
    }}"""
