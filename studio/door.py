"""The short way to our own server functions: past Gradio's routing and session, which cost more
processor time (5 ms) than many a picture. What is not plainly such a call goes on to Gradio.

A call on this way leaves no state of a session behind; the login holds as it does in Gradio.
"""

from __future__ import annotations

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
        await ORJSONResponse(await function(body["data"]))(scope, receive, send)

    def _function(self, body: dict[str, Any]) -> Function | None:
        """The server function of ours that a call names; None where it names none."""
        number, name = body.get("component_id"), body.get("fn_name")
        if not isinstance(number, int) or not isinstance(name, str):
            return None
        function = getattr(self.page.blocks.get(number), name, None)
        ours = getattr(function, "_is_server_fn", False)
        return function if ours and getattr(function, "answers", False) else None


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
