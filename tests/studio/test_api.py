"""The named doors over HTTP: bad requests are one sentence with 422, and the next one works."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from gradio_client import Client, handle_file

from studio.bench.servers import free_port, ours, serving

TINY = "pictures/dcgan-toy"


@pytest.fixture(scope="module")
def address(tiny_models: Path) -> Iterator[str]:
    port = free_port()
    with ExitStack() as running:
        with pytest.MonkeyPatch.context() as patch:  # for the child alone
            patch.setenv("STUDIO_MODELS", str(tiny_models))
            where, _ = running.enter_context(serving(ours(port), port))
        yield where


@pytest.fixture
def client(address: str, tmp_path: Path) -> Client:
    return Client(address, verbose=False, download_files=str(tmp_path))


def post(address: str, body: bytes, door: str = "run") -> tuple[int, dict]:
    request = urllib.request.Request(
        f"{address}gradio_api/call/{door}", body, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_models_lists_every_card_with_its_controls(client: Client) -> None:
    cards = {card["id"]: card for card in client.predict(api_name="/models")}
    assert cards[TINY]["licence"] == "CC0 1.0"
    assert "folder" not in cards[TINY], "no path of this machine leaves it"
    assert [c["name"] for c in cards[TINY]["controls"]][:2] == ["place", "spread"]


def test_the_same_request_gives_the_same_file(client: Client) -> None:
    asked = {"model": TINY, "seed": 5, "controls": {"spread": 1}}
    path, facts = client.predict(asked, api_name="/run")
    again, more = client.predict(facts["request"], api_name="/run")
    assert facts["id"] == more["id"]
    assert Path(path).read_bytes() == Path(again).read_bytes()
    assert Path(path).name.startswith("dcgan-toy-seed5-")


@pytest.mark.parametrize(
    ("request_", "word"),
    [
        ({"model": "pictures/nobody"}, "no model"),
        ({"model": TINY, "colour": 1}, "colour"),
        ({"model": TINY, "controls": {"sprea": 1}}, "sprea"),
        ({"model": TINY, "controls": {"spread": 9}}, "0.3 to 1.3"),
        ({"model": TINY, "controls": {"spread": "wide"}}, "must be a number"),
        ({"model": TINY, "controls": {"place": [0, 0, 0]}}, "two numbers"),
        ({"model": TINY, "seed": -1}, "seed must be"),
        ({"model": TINY, "inputs": {"picture": "/etc/passwd"}}, "picture"),
        ({"model": "../../etc/passwd"}, "no model"),
        ("{broken", "JSON"),
        ([], "an object"),
        (7, "an object"),
        (None, "an object"),
    ],
)
def test_bad_requests(address: str, request_: object, word: str) -> None:
    status, answer = post(address, json.dumps({"data": [request_, None]}).encode())
    assert status == 422
    said = answer["detail"][0]["message"]
    assert word in said
    assert said.count(". ") == 0, "one sentence"
    assert post(address, json.dumps({"data": [{"model": TINY}]}).encode())[0] == 200


def test_bad_bodies(address: str) -> None:
    assert post(address, b"{broken")[0] == 400
    assert post(address, b'{"data": ["' + b"a" * 10 * 2**20 + b'"]}')[0] == 413
    path = b'{"data": [null, {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}]}'
    assert post(address, path)[0] == 422
    assert post(address, b'{"data": []}', "nobody")[0] == 404
    assert post(address, json.dumps({"data": [{"model": TINY}]}).encode())[0] == 200


def test_a_file_that_is_none_of_ours(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF-1.4")
    with pytest.raises(Exception, match="none of the files read here"):
        client.predict(file=handle_file(str(file)), api_name="/run")


def test_the_check_inside_holds_for_those_who_go_around_the_validator() -> None:
    import gradio as gr

    from studio.api import run

    with pytest.raises(gr.Error, match="no model"):
        run({"model": "pictures/nobody"})
