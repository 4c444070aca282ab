"""More of a stranger's first minutes: a phone on a slow line, nonsense everywhere, and a model of
one's own pictures beside the others."""

from __future__ import annotations

import json

import numpy as np
from gradio_client import Client
from PIL import Image

from browser.hands import choose, picture, settled, slide
from browser.test_lab import lab
from models import publish, train
from models.learning import pause
from studio.bench.live import LATENCY
from studio.bench.moves import slow_down

TINY = "pictures/dcgan-toy"
STAGE = "[data-part=stage]"

# Rules that show something only under a mouse: a finger would never find it.
HIDDEN_WITHOUT_HOVER = """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .filter((rule) => rule.selectorText?.includes(".studio") || rule.selectorText?.includes("#"))
  .filter((rule) => /:hover/.test(rule.selectorText))
  .filter((rule) => ["display", "visibility", "opacity", "clip-path", "height"]
    .some((what) => rule.style[what] !== ""))
  .map((rule) => rule.selectorText)"""


def test_a_phone_on_a_slow_line(visit) -> None:
    """Story 2: 80 ms away the pad is alive, everything is in one scroll, nothing needs hover."""
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    choose(page, TINY)
    slow_down(page, LATENCY)
    field = page.locator("#pictures [data-control=place]")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(
        """() => {
          const image = document.querySelector("[data-part=stage] .picture img");
          window.pictures = new Set([image.src]);
          const watch = new MutationObserver(() => window.pictures.add(image.src));
          watch.observe(image, {attributes: true});
        }"""
    )
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 31):
        page.mouse.move(x + 3 * step, y - 2 * step)
        page.wait_for_timeout(25)
    page.mouse.up()
    across, up = settled(page)["controls"]["place"]
    assert across > 0.5 and up < -0.3, "the last place is the one that is shown"
    assert page.evaluate("window.pictures.size") >= 4, "pictures come while the finger moves"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(HIDDEN_WITHOUT_HOVER) == []


def test_nonsense_in_every_field_and_everything_twice(visit, tmp_path) -> None:
    """Story 11: one sentence at most, nothing lost, and the next request works."""
    page = visit()
    choose(page, TINY)
    before = settled(page)
    page.expected = ("cannot be parsed",)  # the browser's own remark on such a number
    for nonsense in ("", "1e999", "-7", "99999999999999999999", "0.123456789"):
        page.evaluate(
            """(words) => {
              const fields = "#pictures input:is([type=number], [type=text])";
              for (const e of document.querySelectorAll(fields)) {
                e.value = words;
                for (const kind of ["input", "change"])
                  e.dispatchEvent(new Event(kind, {bubbles: true}));
              }
            }""",
            nonsense,
        )
        settled(page)
    assert not page.locator(f"{STAGE} .note.bad").count(), "the page asks for nothing impossible"
    page.locator("#pictures [data-do=reset]").click()
    assert settled(page)["controls"] == before["controls"]

    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    page.locator("#own-file").set_input_files(str(paper))
    page.locator("#pictures [data-part=own] .note.bad").wait_for()
    assert "paper.pdf" in page.locator("#pictures [data-part=own] .note").inner_text()

    for name in ("random", "next", "undo", "redo", "love", "hold", "link", "reset"):
        page.locator(f"#pictures [data-do={name}]:visible").first.dblclick(force=True)
    seed = settled(page)["seed"]
    assert isinstance(seed, int)

    page.expected += ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "component server")
    seen = picture(page)
    page.context.set_offline(True)
    slide(page, "direction_1", 2)
    page.wait_for_selector(f"{STAGE}[data-state=lost]")
    assert picture(page) == seen, "the picture stays while the line is cut"
    slide(page, "direction_1", 1.5)
    page.context.set_offline(False)
    assert settled(page)["controls"]["direction_1"] == 1.5
    page.wait_for_selector(f"{STAGE}[data-state=ready]")


def test_a_model_of_ones_own_pictures_stands_beside_the_others(
    visit, address, models_root, compared, tmp_path, monkeypatch, capsys
) -> None:
    """Stories 12 and 13: compare, a card, its command on an own folder; page and API have it."""
    page = visit()
    lab(page, "compare")
    page.wait_for_selector("#lab .bars")
    rows = page.locator("#lab table.seeds tbody tr").all_inner_texts()
    assert any("DCGAN" in row for row in rows) and any("PCA" in row for row in rows)
    assert "It collapsed once." in page.locator("#lab .trouble").inner_text()
    page.get_by_role("tab", name="Pictures").click()
    told = page.locator("#pictures .card").inner_text()
    assert "Licence" in told and "Train it again" in told

    rng = np.random.default_rng(0)
    folder = tmp_path / "mine"
    folder.mkdir()
    for i in range(24):
        noise = rng.integers(0, 255, (24, 24, 3), dtype=np.uint8)
        Image.fromarray(noise).save(folder / f"{i}.png")
    monkeypatch.setenv("STUDIO_MODELS", str(models_root))
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    for module in (pause, publish):
        monkeypatch.setattr(module, "RUNS", tmp_path / "runs")
    words = ["pictures/pca", "--data", str(folder)]
    assert train.main([*words, "--tiny", "--device", "cpu", "--steps", "2"]) == 0
    assert publish.main([*words, "--root", str(models_root / "published")]) == 0
    made = models_root / "published" / "pictures" / "pca-mine"
    try:
        page.reload()
        request = choose(page, "pictures/pca-mine")
        assert request["model"] == "pictures/pca-mine" and picture(page).startswith("data:image")
        card = page.locator("#pictures .card").inner_text()
        assert "the owner's" in card and "python -m models.train pictures/pca" in card
        client = Client(address, verbose=False, download_files=str(tmp_path))
        cards = client.predict(api_name="/models")
        assert "pictures/pca-mine" in json.dumps(cards)
    finally:
        for file in made.iterdir():
            file.unlink()
        made.rmdir()
