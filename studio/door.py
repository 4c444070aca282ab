"""The short way to our own server functions: past Gradio's routing and session, which cost more
processor time (5 ms) than many a picture. What is not plainly such a call goes on to Gradio.

A call on this way leaves no state of a session behind; the login holds as it does in Gradio. When
whoever asked has gone (a closed tab), the call is cancelled, and with it what it waits for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import gradio as gr
from gradio.routes import ORJSONResponse
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from studio.guard import READ

ADDRESS = "/gradio_api/component_server"

Function = Callable[[Any], Awaitable[Any]]


class Door:
    """ASGI middleware behind the guard. `page` holds the pieces with their server functions."""

    def __init__(self, app: ASGIApp, page: gr.Blocks) -> None:
        self.app, self.page = app, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = scope.get(READ)
        if not isinstance(body, dict) or not scope["path"].rstrip("/").endswith(ADDRESS):
            return await self.app(scope, receive, send)
        function = self._function(body)
        if function is None or "data" not in body or not _welcome(scope):
            return await self.app(scope, receive, send)
        answer = await _unless_gone(function(body["data"]), receive)
        if answer is not None:
            await ORJSONResponse(answer)(scope, receive, send)

    def _function(self, body: dict[str, Any]) -> Function | None:
        """The server function of ours that a call names; None where it names none."""
        number, name = body.get("component_id"), body.get("fn_name")
        if not isinstance(number, int) or not isinstance(name, str):
            return None
        function = getattr(self.page.blocks.get(number), name, None)
        ours = getattr(function, "_is_server_fn", False)
        return function if ours and getattr(function, "answers", False) else None


async def _unless_gone(work: Awaitable[Any], receive: Receive) -> Any:
    """The answer of `work`; None where the caller left before it was there."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()


async def _gone(receive: Receive) -> None:
    """Until the connection is closed."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _welcome(scope: Scope) -> bool:
    """Whether Gradio's login, where there is one, knows who calls."""
    app = scope["app"]
    if app.auth_dependency is not None:
        return False
    if app.auth is None:
        return True
    cookies = Request(scope).cookies
    names = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    return any(app.tokens.get(cookies.get(name)) is not None for name in names)
