"""Same request, same bytes: page, API, command line and a dropped file."""

import json
import os
import subprocess
import sys
from pathlib import Path

from gradio_client import Client, handle_file
from PIL import Image

from browser.hands import choose, picture, settled, slide

ROOT = Path(__file__).parents[2]
TINY = "pictures/dcgan-toy"

# The stage of a tab shows what was asked for last, of this model.
AT_REST = """([stage, model]) => {
  const {asked, shown, request} = document.querySelector(stage)?.dataset || {};
  return asked === shown && shown !== "0" && JSON.parse(request || "{}").model === model;
}"""


def take(page):
    with page.expect_download() as waiting:
        page.locator("[data-do=download]").click()
    return waiting.value


def test_page_api_command_line_and_dropped_file_agree(visit, address, models_root, tmp_path):
    page = visit()
    choose(page, TINY)
    page.locator("#pictures [data-control=seed]").fill("9")
    page.locator("#pictures [data-control=seed]").press("Enter")
    slide(page, "spread", 1.1)
    request = settled(page)
    saved = take(page)
    assert saved.suggested_filename.startswith("dcgan-toy-seed9-")
    data = Path(saved.path()).read_bytes()
    assert data == Path(take(page).path()).read_bytes(), "twice in a row"

    patient = {"timeout": 120}  # a machine that trains beside its tests is slow, not broken
    client = Client(address, verbose=False, download_files=str(tmp_path), httpx_kwargs=patient)
    path, facts = client.predict(request, api_name="/run")
    assert facts["request"] == request
    assert Path(path).read_bytes() == data, "API"
    again, _ = client.predict(file=handle_file(path), api_name="/run")
    assert Path(again).read_bytes() == data, "a file given to the API"

    out = tmp_path / "cat.png"
    words = ["run", TINY, "--seed", "9", "--set", "spread=1.1", "-o", str(out), "--device", "cpu"]
    subprocess.run(
        [sys.executable, "-m", "studio", *words],
        cwd=ROOT,
        env={**os.environ, "STUDIO_MODELS": str(models_root)},
        check=True,
        capture_output=True,
    )
    assert out.read_bytes() == data, "command line, so after a restart too"

    page.get_by_role("tab", name="Lab").click()
    page.locator("#info-file").set_input_files(out)
    page.locator("[data-do=again]").click()
    page.wait_for_selector(".verdict")
    assert page.locator(".verdict").get_attribute("data-same") == "true"


def test_info_shows_the_recipe_and_opens_it(visit, tmp_path) -> None:
    page = visit()
    choose(page, TINY)
    slide(page, "direction_2", -1.5)
    request, shown = settled(page), picture(page)
    file = tmp_path / "mine.png"
    take(page).save_as(file)
    page.locator("[data-do=reset]").click()
    settled(page)
    page.get_by_role("tab", name="Lab").click()
    page.locator("#info-file").set_input_files(file)
    facts = page.locator("[data-part=info] dl.facts")
    assert "Direction 2\n-1.5 σ" in facts.first.inner_text()
    assert "Direction 1" not in facts.first.inner_text()
    page.get_by_text("The other controls").click()
    assert "Direction 1\n0 σ" in facts.nth(1).inner_text()
    assert page.locator(".changed").all_inner_texts() == ["-1.5 σ"]
    assert page.locator("[data-part=info] img").get_attribute("alt") == "The dropped file mine.png"
    page.locator("[data-do=open]").click()
    page.wait_for_selector("#pictures .picture img", state="visible")
    page.wait_for_function(
        "() => document.querySelector('input[data-control=direction_2]').value === '-1.5'"
    )
    assert settled(page) == request
    assert picture(page) == shown


def test_notes_sounds_and_texts_are_shown_made_again_and_opened(visit, tmp_path) -> None:
    page = visit()
    for model, button, seen in (
        ("music/cgan-toy", "[data-form=mid]", "p"),
        ("music/cgan-toy", "[data-form=ogg]", "audio"),
        ("words/gru-toy", "[data-do=download_text]", "pre"),
    ):
        tab = model.partition("/")[0]
        page.locator(f"[role=tab][data-tab-id={tab}]").click()
        page.locator(f"#{tab} input[name=model][value='{model}']").check(force=True)
        stage = f"#{tab} [data-part=stage]"
        page.wait_for_function(AT_REST, arg=[stage, model])
        made = page.locator(stage).get_attribute("data-request-id")
        with page.expect_download() as waiting:
            page.locator(f"#{tab} {button}").click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        page.locator(f"#{tab} [data-do=next]").first.click()
        page.wait_for_selector(f"{stage}:not([data-request-id='{made}'])")
        page.get_by_role("tab", name="Lab").click()
        page.locator("#info-file").set_input_files(file)
        page.locator(f"[data-part=info] .pair > {seen}").wait_for()
        page.locator("[data-do=again]").click()
        page.wait_for_selector(".verdict[data-same=true]")
        page.locator("[data-do=open]").click()
        page.wait_for_selector(f"{stage}[data-request-id='{made}']", state="visible")


def test_a_changed_file_is_told_from_the_same(visit, tmp_path) -> None:
    page = visit()
    choose(page, TINY)
    file = tmp_path / "mine.png"
    take(page).save_as(file)
    file.write_bytes(file.read_bytes() + b"\0")
    page.get_by_role("tab", name="Lab").click()
    page.locator("#info-file").set_input_files(file)
    page.locator("[data-do=again]").click()
    page.wait_for_selector(".verdict")
    assert page.locator(".verdict").get_attribute("data-same") == "false"


def test_a_request_as_json_is_made(visit, tmp_path) -> None:
    page = visit()
    file = tmp_path / "request.json"
    file.write_text(json.dumps({"model": TINY, "seed": 3}))
    page.get_by_role("tab", name="Lab").click()
    page.locator("#info-file").set_input_files(file)
    page.locator("[data-do=again]").click()
    page.wait_for_selector(".verdict")
    assert page.locator(".verdict").get_attribute("data-same") == "null"
    assert page.locator("img.after").is_visible()


def test_files_that_are_none_of_ours(visit, tmp_path) -> None:
    page = visit()
    page.get_by_role("tab", name="Lab").click()
    for name, data, word in (
        ("empty.png", b"", "empty"),
        ("text.png", b"hello there", "none of the files"),
        ("paper.pdf", b"%PDF-1.4 and so on", "none of the files"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("broken.json", b"{", "damaged"),
        ("unknown.json", b'{"model": "pictures/nobody"}', "no model"),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        page.locator("#info-file").set_input_files(file)
        said = page.locator("[data-part=info] .note.bad")
        said.wait_for()
        page.wait_for_function(
            "(word) => document.querySelector('[data-part=info]').innerText.includes(word)",
            arg=word,
        )
        assert said.inner_text().count(". ") == 0, "one sentence"
    plain = tmp_path / "plain.png"
    Image.new("L", (4, 4)).save(plain)
    page.locator("#info-file").set_input_files(plain)
    page.get_by_text("holds no recipe").wait_for()


def test_the_status_page_knows_what_is_loaded(visit) -> None:
    page = visit()
    choose(page, TINY)
    page.get_by_role("tab", name="Lab").click()
    page.locator("[data-opens=status]").click()
    row = page.locator("tr", has_text="DCGAN: toy")
    row.wait_for()
    assert "yes" in row.inner_text()
    assert "PyTorch" in page.locator("[data-part=status]").inner_text()
