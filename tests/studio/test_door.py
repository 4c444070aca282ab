"""The short way to our server functions: the same answers, the same login, no session left."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from studio.door import Door
from studio.guard import READ
from studio.live import answering
from studio.sentences import PersonError

PATH = "/gradio_api/component_server/"


@answering
async def double(data: dict[str, Any]) -> dict[str, Any]:
    if "number" not in data:
        raise PersonError("A number is missing.", "缺少数字。")
    return {"double": 2 * data["number"]}


@answering
async def endless(data: dict[str, Any]) -> dict[str, Any]:
    try:
        return await asyncio.Future()
    finally:
        ENDED.append(data["name"])


ENDED: list[str] = []


def plain(data: Any) -> Any:
    return data


@pytest.fixture(scope="module")
def page() -> gr.Blocks:
    with gr.Blocks() as made:
        gr.HTML(value="", elem_id="piece", server_functions=[double, endless, plain])
    return made


def call(
    page: gr.Blocks,
    body: Any,
    path: str = PATH,
    auth: Any = None,
    cookie: str = "",
    leaves: bool = False,
) -> tuple[str, Any]:
    """("door" | "gradio", what was answered) of one call by someone who waits or `leaves`."""
    sent = []

    async def receive():
        return {"type": "http.disconnect"} if leaves else await asyncio.Future()

    async def onwards(scope, receive, send) -> None:
        sent.append(None)

    async def send(message) -> None:
        sent.append(message)

    app = SimpleNamespace(
        auth=auth, auth_dependency=None, cookie_id="it", tokens={"secret": "someone"}
    )
    headers = [(b"cookie", cookie.encode())] if cookie else []
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "app": app}
    scope[READ] = body
    asyncio.run(Door(onwards, page)(scope, receive, send))
    if not sent:
        return "door", None
    if sent[0] is None:
        return "gradio", None
    assert sent[0]["status"] == 200
    return "door", json.loads(sent[1]["body"])


def asking(page: gr.Blocks, name: str = "double", data: Any = None) -> dict[str, Any]:
    number = next(n for n, b in page.blocks.items() if getattr(b, "elem_id", "") == "piece")
    return {"component_id": number, "fn_name": name, "session_hash": "x", "data": data or {}}


def test_our_functions_are_answered_at_once(page) -> None:
    assert call(page, asking(page, data={"number": 4})) == ("door", {"double": 8})
    assert call(page, asking(page, data={"number": 4}), "/proxy" + PATH)[0] == "door"
    _, said = call(page, asking(page))
    assert said == {"error": {"en": "A number is missing.", "zh": "缺少数字。"}}


def test_everything_else_goes_on_to_gradio(page) -> None:
    good = asking(page, data={"number": 4})
    for body in (
        None,
        [1],
        {**good, "component_id": 10**6},
        {**good, "component_id": [1]},
        {**good, "fn_name": "__class__"},
        {**good, "fn_name": ["double"]},
        {k: v for k, v in good.items() if k != "data"},
        asking(page, "plain"),
    ):
        assert call(page, body) == ("gradio", None)
    assert call(page, good, "/gradio_api/call/run") == ("gradio", None)


def test_who_leaves_is_no_longer_worked_for(page) -> None:
    assert call(page, asking(page, "endless", {"name": "it"}), leaves=True) == ("door", None)
    assert ENDED == ["it"]


def test_a_login_holds_here_as_well(page) -> None:
    good = asking(page, data={"number": 4})
    door = [("name", "password")]
    assert call(page, good, auth=door) == ("gradio", None), "Gradio says 401"
    for cookie in ("access-token-it=wrong", "access-token-other=secret"):
        assert call(page, good, auth=door, cookie=cookie) == ("gradio", None)
    for name in ("access-token-it", "access-token-unsecure-it"):
        assert call(page, good, auth=door, cookie=f"{name}=secret")[0] == "door"
