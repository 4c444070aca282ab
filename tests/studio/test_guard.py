"""The doorkeeper: every bad body is one sentence, and the app behind it never sees it."""

import asyncio
import json
from pathlib import Path

import pytest

from studio.guard import LIMIT, Guard

UPLOADS = Path("/tmp/uploads")
DOORS = {"models": 0, "run": 2}


def call(body: bytes, path: str = "/gradio_api/call/run", chunks: int = 1, **headers: str):
    """(status, answer or what the app got) of one POST."""
    size = -(-len(body) // chunks) or 1
    parts = [body[i : i + size] for i in range(0, len(body), size)] or [b""]
    waiting = [
        {"type": "http.request", "body": p, "more_body": i < len(parts) - 1}
        for i, p in enumerate(parts)
    ]
    sent = []

    async def receive():
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    async def app(scope, receive, send):
        message = await receive()
        if b"explode" in message["body"]:
            raise RuntimeError("inside")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": message["body"]})

    given = {"content-type": "application/json", "content-length": str(len(body)), **headers}
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [(k.encode(), v.encode()) for k, v in given.items() if v],
    }
    asyncio.run(Guard(app, UPLOADS, DOORS)(scope, receive, send))
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent)


def refused(body: bytes, **facts) -> tuple[int, str]:
    status, answer = call(body, **facts)
    said = json.loads(answer)
    assert said["detail"].endswith(".")
    assert said["zh"].endswith("。")
    assert said["detail"].count(". ") == 0, "one sentence"
    return status, said["detail"]


def test_a_good_body_arrives_unchanged_and_in_one_piece() -> None:
    body = json.dumps({"data": [{"model": "x"}, None]}).encode()
    assert call(body) == (200, body)
    assert call(body, chunks=5) == (200, body)
    assert call(body, path="/gradio_api/component_server/") == (200, body)


def test_optional_arguments_are_filled_in() -> None:
    assert json.loads(call(b'{"data": [{"model": "x"}]}')[1]) == {"data": [{"model": "x"}, None]}
    assert json.loads(call(b'{"data": []}')[1]) == {"data": [None, None]}


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b"[" * 70 + b"]" * 70])
def test_broken_json(body: bytes) -> None:
    status, said = refused(body)
    assert status == 400
    assert "JSON" in said


def test_large_bodies() -> None:
    large = b'{"data": ["' + b"a" * LIMIT + b'"]}'
    assert refused(large)[0] == 413
    assert refused(large, chunks=50, **{"content-length": ""})[0] == 413
    assert refused(b"{}", **{"content-length": str(10**12)})[0] == 413


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "/tmp/uploads/../other", "https://example.org/a.png", "a\0b", 7, ["x"]],
)
def test_paths_and_addresses_in_arguments(path) -> None:
    body = json.dumps({"data": [None, {"deep": [{"path": path}]}]}).encode()
    status, said = refused(body)
    assert status == 422
    assert "upload" in said


def test_an_uploaded_file_may_be_named() -> None:
    body = json.dumps({"data": [None, {"path": "/tmp/uploads/ab/cat.png"}]}).encode()
    assert call(body)[0] == 200


def test_unknown_doors_and_wrong_arguments() -> None:
    assert refused(b'{"data": []}', path="/gradio_api/call/nope")[0] == 404
    assert refused(b"[]")[0] == 422
    assert refused(b'{"data": 3}')[0] == 422
    assert refused(b'{"data": [1, 2, 3]}')[0] == 422


def test_a_fault_inside_is_a_sentence_too() -> None:
    status, said = refused(b'{"data": ["explode", null]}')
    assert status == 500
    assert "inside the studio" in said


def test_forms_pass_untouched() -> None:
    status, answer = call(b"--x\r\n", **{"content-type": "multipart/form-data; boundary=x"})
    assert (status, answer) == (200, b"--x\r\n")
