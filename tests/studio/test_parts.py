"""Server functions of shared parts: several results, walks, films, sheets, zip files, searches."""

import asyncio
import base64
import hashlib
import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from models.layers.walk import decode, encode
from studio.dropped import DROPPED
from studio.engine import Engine, set_engine
from studio.media import films, read_request
from studio.media.errors import MediaError
from studio.media.statement import Statement
from studio.parts.between import between, mix, walk
from studio.parts.bundle import bundle
from studio.parts.film import film
from studio.parts.jobs import follow_job, start, stop_job
from studio.parts.seeking import seek, sought
from studio.parts.several import several
from studio.parts.sheet import sheet
from studio.requests import complete, request_id
from studio.sentences import PersonError

GAN, CGAN = "pictures/dcgan-toy", "pictures/cgan-toy"
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
    """The answer of a server function; that of a job where it became one."""

    async def whole() -> dict:
        answer = await function(data)
        while "job" in answer:
            answer = await follow_job({"job": answer["job"], "client": data["client"]})
        return answer

    return asyncio.run(whole())


def pixels(url: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))))


def test_several_answer_in_their_order(answers) -> None:
    raw = [{"model": GAN, "seed": seed} for seed in (5, 3, 5)]
    made = call(several, requests=raw, client=CLIENT)["results"]
    assert [one["request"]["seed"] for one in made] == [5, 3, 5]
    assert [one["id"] for one in made] == [request_id(complete(r)) for r in raw]
    first, second, third = (pixels(one["picture"]) for one in made)
    assert np.array_equal(first, third) and not np.array_equal(first, second)


@pytest.mark.parametrize(
    "requests", [None, [], [{"model": GAN}] * 17, [{"model": GAN, "seed": -1}]]
)
def test_lists_that_cannot_be_answered_get_one_sentence(answers, requests) -> None:
    error = call(several, requests=requests)["error"]
    assert error["en"] != error["zh"] and "\n" not in error["en"]


def test_a_walk_has_its_ends_and_glides_between(tiny_root) -> None:
    start = complete({"model": GAN, "seed": 4, "controls": {"direction_1": 1, "place": [0, 2]}})
    end = complete({"model": GAN, "seed": 9, "controls": {"direction_1": -1, "place": [1, 0]}})
    steps = walk([start, end, start], 9)
    assert (steps[0], steps[4], steps[8]) == (start, end, start)
    halfway = steps[2].controls
    assert (halfway["toward"], halfway["between"]) == (9, 0.5)
    assert (halfway["direction_1"], halfway["place"]) == (0, [0.5, 1])
    raw = [start.data(), end.data()]
    answer = call(between, ends=raw, steps=3)["requests"]
    assert answer[0] == raw[0] and answer[2] == raw[1] and answer[1]["controls"]["between"] == 0.5


def test_a_walk_to_a_found_spot(tiny_root) -> None:
    size = next(c.size for c in controls(GAN) if c.kind == "code")
    codes = [encode(np.full(size, value)) for value in (1.0, -1.0)]
    found, other = (
        complete({"model": GAN, "seed": 2, "controls": {"own": code}}) for code in codes
    )
    plain = complete({"model": GAN, "seed": 7})
    assert np.allclose(decode(mix(found, other, 0.5).controls["own"]), 0)
    there, back = mix(found, plain, 0.25).controls, mix(plain, found, 0.75).controls
    assert there == back and (there["own"], there["toward"], there["between"]) == (
        codes[0],
        7,
        0.25,
    )


def controls(model: str) -> tuple:
    from studio.catalogue import published

    return published(model).controls


def test_ends_that_cannot_be_joined(tiny_root) -> None:
    start = complete({"model": GAN, "seed": 4, "controls": {"between": 0.5}})
    with pytest.raises(PersonError, match="Way to the second seed"):
        mix(start, complete({"model": GAN, "seed": 5}), 0.5)
    with pytest.raises(PersonError, match="one model"):
        mix(start, complete({"model": CGAN}), 0.5)
    alone = {"model": GAN, "seed": 1}
    for data in ({"ends": [alone], "steps": 4}, {"ends": [alone, alone], "steps": 99}):
        assert call(between, **data)["error"]["zh"]


def test_a_zip_file_holds_every_result_and_how_it_was_made(answers) -> None:
    raw = [{"model": GAN, "seed": 5}, {"model": CGAN, "seed": 6}]
    answer = call(bundle, requests=raw, form="webp", client=CLIENT)
    assert answer == call(bundle, requests=raw, form="webp", client=CLIENT), "the same bytes"
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(answer["data"])))
    manifest = json.loads(archive.read("manifest.json"))
    assert len(manifest["files"]) == 2 and len(archive.namelist()) == 4
    for row, asked in zip(manifest["files"], raw, strict=True):
        content = archive.read(row["file"])
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert complete(read_request(content, row["file"])) == complete(row["request"])
        assert row["request"]["seed"] == asked["seed"]
    notice = archive.read("NOTICE.txt").decode()
    assert GAN in notice and CGAN in notice and "Free for any use." in notice
    assert "png, webp, jpeg" in call(bundle, requests=raw, form="gif")["error"]["en"]


@pytest.mark.parametrize("form", ["webp", "gif"])
@pytest.mark.parametrize("model", [GAN, CGAN])
def test_a_film_is_a_walk(answers, form, model) -> None:
    keys = [{"model": model, "seed": 5}, {"model": model, "seed": 6}]
    answer = call(film, keys=keys, seconds=1, form=form, scale=2, back=True, client=CLIENT)
    data = base64.b64decode(answer["data"])
    moving = Image.open(io.BytesIO(data))
    assert moving.n_frames > 8 and moving.size == (32, 32) and moving.info["loop"] == 0
    assert read_request(data, "a") == complete(keys[0]).data(), "it knows where it began"


@pytest.mark.parametrize(
    "odd",
    [{"seconds": 99}, {"seconds": True}, {"scale": 3}, {"form": "avi"}, {"keys": [{"model": GAN}]}],
)
def test_films_that_cannot_be_made(answers, odd) -> None:
    data = {"keys": [{"model": GAN}] * 2, "seconds": 1, "form": "webp", "scale": 1, **odd}
    assert call(film, **data)["error"]["zh"]


def test_mp4_only_where_ffmpeg_is_there(monkeypatch) -> None:
    monkeypatch.setattr(films.shutil, "which", lambda name: None)
    assert films.forms() == ["webp", "gif"]
    with pytest.raises(MediaError, match="webp, gif"):
        films.encode([], "mp4", 20, 1, Statement("", "", ""))


def test_a_sprite_sheet_has_all_sides(answers) -> None:
    asked = {"model": CGAN, "seed": 3, "controls": {"skin": "orc"}}
    answer = call(sheet, request=asked, steps=True, client=CLIENT)
    data = base64.b64decode(answer["data"])
    whole = Image.open(io.BytesIO(data))
    assert (answer["rows"], answer["columns"]) == (2, 1)
    assert whole.mode == "RGBA" and whole.size == (16, 32)
    front = {**asked, "controls": {"skin": "orc", "direction": "front"}}
    cell = pixels(call(several, requests=[front])["results"][0]["picture"])
    sides = np.asarray(whole).reshape(2, 16, 16, 4)
    order = [value for value, _ in controls(CGAN)[0].options]
    assert np.array_equal(sides[order.index("front")], cell)
    assert complete(read_request(data, "a.png")) == complete(asked)
    assert call(sheet, request={"model": GAN})["error"]["zh"]


@pytest.fixture
def short_search(monkeypatch) -> None:
    """A fifth of the steps: tiny models are found at once, and the eye takes most of the time."""
    for name, steps in (("DRAWN", 32), ("FIRST", 10), ("REST", 30)):
        monkeypatch.setattr(f"models.seek.{name}", steps)


def test_a_picture_is_looked_for_and_found(answers, short_search) -> None:
    target = call(several, requests=[{"model": GAN, "seed": 77}])["results"][0]["picture"]
    content = base64.b64decode(target.partition(",")[2])
    file = DROPPED.keep(CLIENT, "mine.png", content)
    name = call(seek, request={"model": GAN}, file=file, client=CLIENT)["run"]
    news, previews = {"seen": 0}, 0
    while "controls" not in news:
        news = call(sought, run=name, client=CLIENT, seen=news["seen"])
        assert "error" not in news
        previews += "picture" in news
    assert previews > 1
    again = {"model": GAN, "controls": news["controls"]}
    shown = call(several, requests=[again])["results"][0]["picture"]
    apart = np.abs(pixels(shown).astype(int) - pixels(news["picture"]))
    assert apart.max() <= 2, "the spot is the picture, but for its half precision"
    start = call(several, requests=[{"model": GAN}])["results"][0]["picture"]
    far, near = (np.abs(pixels(p).astype(int) - pixels(target)).mean() for p in (start, shown))
    assert near < far / 2


def test_a_stopped_search_keeps_the_best_so_far(answers, short_search) -> None:
    from studio.live import stop

    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "PNG")
    file = DROPPED.keep(CLIENT, "red.png", picture.getvalue())
    name = call(seek, request={"model": GAN}, file=file, client=CLIENT)["run"]
    news = {"seen": 0}
    while "picture" not in news:
        news = call(sought, run=name, client=CLIENT, seen=news["seen"])
    call(stop, run=name, client=CLIENT)
    while not {"controls", "error"} & set(news):
        news = call(sought, run=name, client=CLIENT, seen=news["seen"])
    assert news["controls"]["own"]


def test_searches_that_cannot_begin(answers) -> None:
    file = {"name": "gone.png", "size": 1, "sha256": "0" * 64}
    for data in ({"request": {"model": CGAN}, "file": file}, {"request": {"model": GAN}}):
        assert call(seek, client=CLIENT, **data)["error"]["zh"]
    name = call(seek, request={"model": GAN}, file=file, client=CLIENT)["run"]
    error = call(sought, run=name, client=CLIENT, seen=0)["error"]
    assert "gone.png" in error["en"]


def test_a_job_that_nobody_follows_ends(answers) -> None:
    steps, ended = [], threading.Event()

    def work(job) -> dict:
        try:
            for i in range(10_000):
                job.tell(i / 10_000)
                steps.append(i)
                time.sleep(0.01)
        finally:
            ended.set()
        return {"whole": True}

    begun = asyncio.run(start(work, CLIENT))
    assert 0 < begun["fraction"] < 1
    assert ended.wait(20), "closing the page stops it"
    assert len(steps) < 10_000
    answer = asyncio.run(follow_job({"job": begun["job"], "client": CLIENT}))
    assert answer == {"stopped": True}


def test_a_job_that_nobody_follows_leaves_no_run_behind(answers, odd_root) -> None:
    slow = {"model": "pictures/odd-toy", "controls": {"steps": 1000, "pause": 50}}
    begun = asyncio.run(bundle({"requests": [slow, slow], "client": CLIENT}))
    assert begun["ahead"] == 0 and answers.status()["runs"] == 1
    until = time.monotonic() + 30
    while answers.status()["runs"] and time.monotonic() < until:
        time.sleep(0.02)
    assert answers.status()["runs"] == 0, "in the middle of its first result"


def test_a_job_knows_how_many_wait_before_it(answers, odd_root) -> None:
    slow = complete({"model": "pictures/odd-toy", "controls": {"steps": 1000, "pause": 5}})
    before = answers.stream(slow)
    next(before), next(before)  # it is at work

    async def both() -> list[dict]:
        begun = await bundle({"requests": [{"model": GAN}] * 2, "client": CLIENT})
        before.close()
        return [begun, await follow_job({"job": begun["job"], "client": CLIENT})]

    begun, made = asyncio.run(both())
    assert begun["ahead"] == 1 and begun["fraction"] == 0
    assert made["name"].endswith(".zip")


def test_a_job_is_stopped_and_belongs_to_its_tab(answers) -> None:
    def work(job) -> dict:
        while True:
            job.tell(0.5)
            time.sleep(0.01)

    async def both() -> None:
        begun = await start(work, CLIENT)
        stranger = {"job": begun["job"], "client": "somebody-else-entirely"}
        assert (await follow_job(stranger))["error"] and (await stop_job(stranger))["error"]
        await start(work, CLIENT)
        with pytest.raises(PersonError, match="Two files"):
            await start(work, CLIENT)
        await stop_job({"job": begun["job"], "client": CLIENT})
        assert await follow_job({"job": begun["job"], "client": CLIENT}) == {"stopped": True}

    asyncio.run(both())
