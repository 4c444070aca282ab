"""The Lab: models that are loaded and unloaded, families compared, and what sharing means."""

from browser.hands import choose, settled
from models.registry import HOME

TINY = "pictures/dcgan-toy"


def lab(page, part: str) -> None:
    page.get_by_role("tab", name="Lab").click()
    page.locator(f"[data-opens={part}]").click()


def test_models_are_loaded_and_unloaded(visit) -> None:
    page = visit()
    choose(page, TINY)
    lab(page, "models")
    row = page.locator(f'[data-model="{TINY}"]')
    row.wait_for()
    assert row.get_attribute("data-loaded") == "true"
    row.locator("[data-do=unload]").click()
    page.wait_for_selector(f'[data-model="{TINY}"][data-loaded=false]')
    assert "DCGAN: toy is unloaded" in page.locator("#lab .note").inner_text()
    row.locator("[data-do=warm]").click()
    page.wait_for_selector(f'[data-model="{TINY}"][data-loaded=true]')
    assert page.evaluate("document.activeElement.dataset.of") == TINY, "the keyboard stays"
    row.get_by_text("Card").click()
    row.get_by_text("Learned from").wait_for()


def test_a_model_of_the_shelf_opens_in_its_tab(visit) -> None:
    page = visit()
    lab(page, "models")
    page.get_by_role("button", name="Open: Toy colours: toy").click()
    page.wait_for_selector("[data-part=stage]", state="visible")
    page.wait_for_function(
        "() => document.querySelector('[name=model]:checked').value.match(/toy$/)"
    )
    assert settled(page)["model"] == "pictures/toy-toy"


def test_families_stand_side_by_side(visit, compared) -> None:
    page = visit()
    lab(page, "compare")
    page.wait_for_selector("#lab .bars")
    chart = page.locator("#lab .chart", has_text="Precision")
    assert chart.locator("tr.best").inner_text().startswith("DCGAN")
    widths = [b.bounding_box()["width"] for b in chart.locator(".bar").all()]
    assert widths[0] > widths[2] > widths[1] > 0, "DCGAN 0.9, real 0.8, PCA 0.1"
    drawing = page.get_by_role("img", name="Chart of precision")
    assert "PCA: precision 0.10, recall 0.50" in drawing.get_attribute("aria-label")
    assert page.locator("#lab table.seeds img").first.get_attribute("alt") == "DCGAN, seed 1"
    assert "weak" in page.locator("#lab table.seeds tr", has_text="PCA").inner_text()
    assert "It collapsed once." in page.locator("#lab .trouble").inner_text()
    compared.unlink()
    page.locator("[data-opens=info]").click()
    page.locator("[data-opens=compare]").click()
    if not (HOME / "published" / "compare.json").exists():
        page.get_by_text("Nothing has been compared yet").wait_for()


def test_sharing_says_what_is_kept_where(visit, address) -> None:
    page = visit()
    lab(page, "sharing")
    page.get_by_text("What is kept where").wait_for()
    told = page.locator("[data-part=sharing]").inner_text()
    assert address in told and "python app.py --share" in told and "Requests at once: 12" in told
    assert page.locator("#lab .qr").count() == 0, "an address of this computer alone"
