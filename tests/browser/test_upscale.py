"""The Upscale tab: a picture goes in, a line is moved by keys, models are compared, files leave."""

import io
import zipfile
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from browser import hands
from models.registry import families
from models.weights import publish_tiny
from studio.bench.servers import free_port, ours, serving

STAGE = "#upscale [data-part=stage]"
SETTLED = f"{STAGE}[data-state=settled]"


@pytest.fixture(scope="module")
def studio(tmp_path_factory) -> Iterator[str]:
    """A studio of its own with tiny models that enlarge."""
    root = tmp_path_factory.mktemp("upscale")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_MODELS", str(root))
        for name in ("pictures/dcgan", "upscale/cnn", "upscale/bicubic"):
            publish_tiny(families()[name], root)
        port = free_port()
        with serving(ours(port), port) as (where, _):
            yield where


# A file is dropped on the element, as the browser reports it; whether the page kept it to itself.
DROP = """async (element) => {
  const canvas = new OffscreenCanvas(9, 8);
  canvas.getContext("2d").fillRect(0, 0, 5, 5);
  const file = new File([await canvas.convertToBlob()], "beside.png", { type: "image/png" });
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  const tell = (what) =>
    !element.dispatchEvent(new DragEvent(what, { bubbles: true, cancelable: true, dataTransfer }));
  return tell("dragover") && tell("drop");
}"""


def picture(width: int, height: int) -> bytes:
    rows = np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(rows).save(out, "PNG")
    return out.getvalue()


def opened(visit, studio: str, **facts):
    page = visit("", wait="[data-tab-id=upscale]", where=studio, **facts)
    page.locator("[data-tab-id=upscale]").click()
    page.locator("#upscale .drop").wait_for()
    page.locator("#up-model").select_option("upscale/cnn-toy")
    return page


def drop(page, *files: tuple[str, bytes]) -> None:
    page.locator("#upscale-file").set_input_files(
        [{"name": name, "mimeType": "image/png", "buffer": content} for name, content in files]
    )


def test_drop_compare_move_the_line_and_take_it_home(visit, studio) -> None:
    page = opened(visit, studio)
    drop(page, ("leaf.png", picture(30, 20)))
    page.wait_for_selector(f"{SETTLED}[data-name='leaf.png']")
    assert "60 × 40" in page.locator("#upscale [data-part=plan]").inner_text()
    after = page.locator("#upscale .after")
    assert after.evaluate("e => e.decode().then(() => [e.naturalWidth, e.naturalHeight])") == [
        60,
        40,
    ]

    split = page.locator("#upscale [data-control=split]")
    split.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert (
        page.locator("#upscale .both").evaluate("e => e.style.getPropertyValue('--split')") == "55%"
    )
    page.locator("#upscale [data-do=hold]").focus()
    page.keyboard.down("Space")
    assert (
        page.locator("#upscale .both").evaluate("e => e.style.getPropertyValue('--split')")
        == "100%"
    )
    page.keyboard.up("Space")
    assert (
        page.locator("#upscale .both").evaluate("e => e.style.getPropertyValue('--split')") == "55%"
    )

    before = page.locator("#upscale .before")
    own = before.get_attribute("src")
    page.locator("#up-against").select_option("upscale/bicubic-toy")
    page.wait_for_function("own => document.querySelector('#upscale .before').src !== own", arg=own)
    assert before.get_attribute("src").startswith("data:image/png")
    page.wait_for_selector(SETTLED)

    with page.expect_download() as waiting:
        page.locator("#upscale [data-do=download]").click()
    assert waiting.value.suggested_filename == "leaf_cnn_x2.png"
    with Image.open(waiting.value.path()) as file:
        assert file.size == (60, 40)


def test_an_own_size_a_link_and_an_example(visit, studio) -> None:
    page = opened(visit, studio)
    page.wait_for_selector(SETTLED)  # an example is there without a click
    page.wait_for_function("() => location.hash.startsWith('#r=')")
    first = page.evaluate("() => location.hash")
    # The number first: a change of both is then a single new request.
    page.locator("#up-longest").evaluate(
        "e => { e.value = 50; e.dispatchEvent(new Event('change')) }"
    )
    page.locator("#up-size-px").check(force=True)
    stage = page.locator(STAGE)
    longest = """() => JSON.parse(document.querySelector("#upscale [data-part=stage]")
      .dataset.request || "{}").controls?.longest === 50"""
    page.wait_for_function(longest)
    page.wait_for_function("first => location.hash !== first", arg=first)
    request = stage.get_attribute("data-request")
    link = page.evaluate("() => location.hash")
    other = visit(link, wait=SETTLED, where=studio)
    after = other.locator("#upscale .after")
    assert after.evaluate("e => e.decode().then(() => e.naturalWidth)") == 50
    assert other.locator(STAGE).get_attribute("data-request") == request


def test_a_file_of_an_own_quality_is_made_again_byte_for_byte(visit, studio, tmp_path) -> None:
    page, leaf = opened(visit, studio), picture(30, 20)
    drop(page, ("leaf.png", leaf))
    page.wait_for_selector(f"{SETTLED}[data-name='leaf.png']")
    page.locator("#upscale [data-control=form]").select_option("webp")
    page.locator("#upscale [data-control=quality]").fill("40")
    page.locator("#upscale [data-control=quality]").press("Tab")
    with page.expect_download() as waiting:
        page.locator("#upscale [data-do=download]").click()
    file = tmp_path / "leaf.webp"
    waiting.value.save_as(file)
    page.locator("[data-tab-id=lab]").click()
    page.locator("#info-file").set_input_files(file)
    page.get_by_text("Quality of the file").wait_for()
    wanted = {"name": "leaf.png", "mimeType": "image/png", "buffer": leaf}
    page.locator("#info-wanted-0").set_input_files(wanted)
    page.get_by_text("leaf.png is here").wait_for()
    page.locator("[data-do=again]").click()
    page.wait_for_selector(".verdict")
    assert page.locator(".verdict[data-same]").get_attribute("data-same") == "true"


def test_several_pictures_become_a_zip(visit, studio) -> None:
    page = opened(visit, studio, locale="zh-CN")
    files = [("a.png", picture(8, 9)), ("a.png", picture(9, 8)), ("no.png", b"no picture")]
    drop(page, *files)
    with page.expect_download() as waiting:
        page.locator("#upscale [data-do=batch]").click()
    with zipfile.ZipFile(waiting.value.path()) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["a_cnn_x2.png", "a_cnn_x2-2.png"]
        sizes = [Image.open(io.BytesIO(packed.read(n))).size for n in packed.namelist()]
    assert sizes == [(16, 18), (18, 16)]
    bad = page.locator("#upscale .files li[data-state=bad] .bad")
    assert "no.png" in bad.inner_text()


def test_what_is_no_picture_is_one_sentence_and_the_next_one_works(visit, studio) -> None:
    page = opened(visit, studio, viewport={"width": 390, "height": 844})
    drop(page, ("paper.png", b"%PDF-1.4 no picture"))
    note = page.locator("#upscale [data-part=note].bad")
    note.wait_for()
    assert "paper.png" in note.inner_text()
    drop(page, ("leaf.png", picture(12, 12)))
    page.wait_for_selector(f"{SETTLED}[data-name='leaf.png']")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")

    drop(page, ("paper.pdf", b"%PDF-1.4 the server takes it, the browser shows none of it"))
    page.locator("#upscale [data-part=note].bad", has_text="paper.pdf").wait_for()
    assert page.locator(STAGE).get_attribute("data-name") == "leaf.png", "the picture stays"
    assert page.locator("#upscale .before").evaluate("e => e.decode().then(() => e.naturalWidth)")

    huge = io.BytesIO()
    Image.new("RGB", (9000, 6000), "#8a6").save(huge, "PNG")
    drop(page, ("huge.png", huge.getvalue()))
    page.locator("#upscale [data-part=note].bad", has_text="18000").wait_for()
    assert not page.locator("#upscale .before").is_visible(), "no result of another picture"

    dropped = page.locator("#upscale .both").evaluate(DROP)
    assert dropped, "a file beside the zone does not take the place of the studio"
    page.wait_for_selector(f"{SETTLED}[data-name='beside.png']")


def test_a_cat_is_sent_compared_and_made_again_from_its_file(visit, studio, tmp_path) -> None:
    """Story 5: Pictures to Upscale, the line by keyboard, WebP, the same bytes once more."""
    page = visit("", where=studio)
    hands.choose(page, "pictures/dcgan-toy")
    page.locator("#pictures [data-do=send]").select_option("upscale")
    page.wait_for_selector(SETTLED)
    page.locator("#up-model").select_option("upscale/cnn-toy")
    page.locator("#up-against").select_option("upscale/bicubic-toy")
    right = "() => document.querySelectorAll('#upscale .both .name')[0].textContent !== 'Original'"
    page.wait_for_function(right)
    page.wait_for_selector(SETTLED)
    split = page.locator("#upscale [data-control=split]")
    split.press("ArrowLeft")
    assert split.input_value() == "49"
    page.locator("#upscale [data-control=form]").select_option("webp")
    with page.expect_download() as waiting:
        page.locator("#upscale [data-do=download]").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".webp" and Image.open(file).size == (32, 32)
    page.locator("#studio-tabs [data-tab-id=lab]").first.click()
    page.locator("#info-file").set_input_files(file)
    page.locator("[data-do=again]").click()
    page.wait_for_selector(".verdict")
    assert page.locator(".verdict").get_attribute("data-same") == "true"


def test_a_large_picture_is_told_before_stopped_and_a_part_of_it_taken(visit, studio) -> None:
    """Story 6: sizes before work, progress, stop, then a part of the picture."""
    page = opened(visit, studio)
    page.locator("#upscale [data-control=thorough]").check(force=True)
    blank = io.BytesIO()
    Image.new("RGB", (2000, 1500), "#8a6").save(blank, "PNG")
    drop(page, ("holiday.png", blank.getvalue()))
    page.locator("#upscale [data-do=stop]").click()
    plan = page.locator("#upscale [data-part=plan]").inner_text()
    assert "2000 × 1500" in plan and "4000 × 3000" in plan and "MB" in plan
    page.locator("#upscale [data-part=note]", has_text="Stopped").wait_for()
    page.locator("#upscale [data-do=cut]").click()
    page.locator("#upscale [data-do=cut]").press("Enter")
    named = "#upscale [data-part=stage][data-name='holiday_part.png']"
    page.wait_for_selector(named)
    page.locator("#upscale [data-part=plan]", has_text="1000 × 750").wait_for()
