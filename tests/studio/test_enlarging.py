"""The Upscale tab's own server functions, and what a picture keeps on its way."""

import asyncio
import base64
import functools
import hashlib
import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageCms

from studio import live, media
from studio.dropped import DROPPED
from studio.engine import Engine, set_engine
from studio.media.kept import Kept, kept_by
from studio.parts.enlarging import look, plan
from studio.requests import complete
from studio.runs import RUNS

CNN, PLAIN, GAN = "upscale/cnn-toy", "upscale/bicubic-toy", "pictures/dcgan-toy"
CLIENT = "a-tab-with-a-long-name"


@pytest.fixture
def answers(tiny_root) -> Iterator[Engine]:
    """An engine over the tiny models, as the server functions find it."""
    engine = Engine("cpu")
    set_engine(engine)
    yield engine
    engine.close()
    set_engine(None)


def call(function, **data) -> dict:
    return asyncio.run(function({"client": CLIENT, **data}))


@functools.cache  # a profile holds the second it was made in
def photograph(width: int = 60, height: int = 40, turned: bool = True) -> bytes:
    """A JPEG with a profile, the place it was taken at, and lying on its side."""
    notes = Image.Exif()
    notes[0x010F] = "A camera"
    if turned:
        notes[0x0112] = 6
    notes.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 0.0)})
    notes.get_ifd(0x8769).update({0x9003: "2024:05:03 10:00:00", 0x927C: b"secret"})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    rows = np.random.default_rng(0).integers(0, 255, (height, width, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(rows).save(out, "JPEG", exif=notes, icc_profile=profile)
    return out.getvalue()


def grey16() -> bytes:
    rows = np.linspace(0, 65535, 24 * 30).reshape(24, 30).astype(np.uint16)
    out = io.BytesIO()
    Image.fromarray(rows).save(out, "PNG")
    return out.getvalue()


def dropped(content: bytes, name: str = "mine.jpg") -> dict:
    return DROPPED.keep(CLIENT, name, content)


def asked(model: str, given: dict, **controls) -> dict:
    return {"model": model, "controls": controls, "inputs": {"picture": given}}


def test_a_plan_says_sizes_before_anything_is_made(answers) -> None:
    given = dropped(photograph())
    one = call(plan, request=asked(CNN, given))
    assert (one["width"], one["height"]) == (40, 60), "as it stands upright"
    assert one["into"] == [80, 120] and one["megabytes"] > 0 and one["seconds"] >= 0
    chain = call(plan, request=asked(PLAIN, asked(CNN, given), longest=90))
    assert chain["into"] == [60, 90]
    made = call(plan, request=asked(CNN, {"model": GAN, "seed": 3}))
    assert made["into"] == [32, 32]
    assert answers.status()["runs_done"] == 0 and answers.status()["live"] == 0


def test_a_plan_refuses_in_one_sentence(answers) -> None:
    blank = io.BytesIO()
    Image.new("L", (6500, 6000)).save(blank, "PNG")
    refused = call(plan, request=asked(CNN, dropped(blank.getvalue(), "wide.png")))
    assert "13000 x 12000" in refused["error"]["en"] and "100" in refused["error"]["zh"]
    for content in (b"%PDF-1.4", b"\x89PNG\r\n\x1a\nrubbish", b"<svg></svg>"):
        error = call(plan, request=asked(CNN, dropped(content, "x.png")))["error"]
        assert error["en"].count(".") <= 2 and error["zh"]
    gone = {"name": "gone.png", "size": 5, "sha256": "0" * 64}
    assert "drop it again" in call(plan, request=asked(CNN, gone))["error"]["en"]


def test_the_engine_refuses_what_is_too_large_too(answers) -> None:
    blank = io.BytesIO()
    Image.new("L", (6500, 6000)).save(blank, "PNG")
    request = complete(asked(CNN, dropped(blank.getvalue(), "wide.png")))
    result = answers.run(request, files=DROPPED.files_of(CLIENT))
    assert result.error and "13000 x 12000" in str(result.error)


def test_a_large_picture_comes_in_steps_and_a_part_of_it_can_be_looked_at(answers) -> None:
    given = dropped(photograph(600, 300, turned=False))
    request = complete(asked(CNN, given))
    name = RUNS.begin(request, CLIENT)

    async def followed() -> list:
        seen, heard = 0, []
        while True:
            news = await live.follow({"run": name, "client": CLIENT, "seen": seen})
            seen = news["seen"]
            heard.append(news)
            if "result" in news:
                return heard

    *_, last = asyncio.run(followed())
    assert (last["result"]["width"], last["result"]["height"]) == (1200, 600)
    part = call(look, request=request.data(), box=[1100, 590, 300, 300])
    assert (part["width"], part["height"]) == (100, 10)
    shown = Image.open(io.BytesIO(base64.b64decode(part["picture"].partition(",")[2])))
    whole = RUNS.result(request, CLIENT).value
    assert np.array_equal(np.asarray(shown), whole[590:, 1100:])
    for box in ([5000, 0, 9, 9], [0, 0, 9], "all", [0, 0, 0.5, 9]):
        assert call(look, request=request.data(), box=box)["error"]
    assert call(look, request=asked(CNN, given, thorough=True), box=[0, 0, 9, 9])["error"]


def test_tiled_is_untiled(answers) -> None:
    """A chain of tiles by the engine against the family's own single pass."""
    import torch

    from models.family import Asked
    from studio.catalogue import published

    content = photograph(290, 270, turned=False)
    request = complete(asked(CNN, dropped(content)))
    tiled = answers.run(request, files=DROPPED.files_of(CLIENT)).value
    model = published(CNN)
    picture = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))
    network = answers._worker.answers.networks.get(model)
    with torch.inference_mode():
        one = Asked(0, request.controls, {"picture": picture})
        (whole,) = model.family.generate(network, model.config, [one], torch.zeros(1))
    from models.answer import to_picture

    assert np.abs(tiled.astype(int) - to_picture(whole).astype(int)).max() <= 1


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_profile_and_notes_stay_and_the_place_goes(answers, form: str) -> None:
    given = dropped(photograph())
    request = asked(PLAIN, asked(CNN, given), longest=90)
    answer = call(live.download, request=request, form=form, quality=80)
    image = Image.open(io.BytesIO(base64.b64decode(answer["data"])))
    assert image.size == (60, 90)
    assert image.info["icc_profile"] == Image.open(io.BytesIO(photograph())).info["icc_profile"]
    notes = image.getexif()
    assert notes[0x010F] == "A camera" and 0x0112 not in notes
    assert notes.get_ifd(0x8769)[0x9003].startswith("2024") and 0x927C not in notes.get_ifd(0x8769)
    assert not notes.get_ifd(0x8825)
    found = media.read_request(base64.b64decode(answer["data"]), "x." + form)
    assert found["model"] == PLAIN


@pytest.mark.parametrize("longest", [0, 75])
def test_grey_stays_grey_and_16_bits_stay_16(answers, longest: int) -> None:
    given = dropped(grey16(), "scan.png")
    request = asked(CNN, given)
    request = asked(PLAIN, request, longest=longest) if longest else request
    answer = call(live.download, request=request, form="png")
    image = Image.open(io.BytesIO(base64.b64decode(answer["data"])))
    assert image.mode == "I;16" and image.size == ((75, 60) if longest else (60, 48))
    rows = np.asarray(image).astype(int)
    assert rows[0].mean() < 257 * 30 and rows[-1].mean() > 257 * 225
    assert len(np.unique(rows)) > 500, "more tones than 8 bits hold"
    answer = call(live.download, request=request, form="jpeg")
    assert Image.open(io.BytesIO(base64.b64decode(answer["data"]))).mode == "L"


def test_nothing_is_kept_of_pictures_that_are_new(answers) -> None:
    request = complete(asked(CNN, {"model": GAN, "seed": 1}))
    assert kept_by(request, {}) == Kept()
    assert Kept.of(b"rubbish") == Kept()


def test_a_form_that_cannot_hold_it_says_so(answers) -> None:
    wide = io.BytesIO()
    Image.new("RGB", (9000, 3), "red").save(wide, "PNG")
    answer = call(live.download, request=asked(CNN, dropped(wide.getvalue())), form="webp")
    assert "save it as PNG" in answer["error"]["en"]


def test_the_same_bytes_from_page_and_command_line(answers, tmp_path) -> None:
    from studio.commands.run import main

    content = photograph()
    (tmp_path / "mine.jpg").write_bytes(content)
    given = dropped(content)
    answer = call(live.download, request=asked(CNN, given), form="png")
    out = tmp_path / "out.png"
    assert main([CNN, "--in", str(tmp_path / "mine.jpg"), "-o", str(out)]) == 0
    assert (
        hashlib.sha256(out.read_bytes()).digest()
        == hashlib.sha256(base64.b64decode(answer["data"])).digest()
    )
