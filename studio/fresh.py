"""A model that is published, or published anew, while the studio runs is in the page at its next
reload: whoever asks for the page gets facts that are looked up again when a card has changed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import gradio as gr
from starlette.types import ASGIApp, Receive, Scope, Send

from studio.catalogue import look


class Fresh:
    """ASGI middleware. `draw` builds the whole page anew, `page` is the one that is served."""

    def __init__(self, app: ASGIApp, page: gr.Blocks, draw: Callable[[], gr.Blocks]) -> None:
        self.app, self.page, self.draw = app, page, draw
        self._drawn = _cards()
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            path = scope["path"].removeprefix(scope.get("root_path", "")).strip("/")
            if path in ("", "config"):
                await asyncio.to_thread(self.refresh)
        await self.app(scope, receive, send)

    def refresh(self) -> None:
        """Take over what a page drawn now would say, where any card has changed."""
        with self._lock:
            found = _cards()
            same = len(found) == len(self._drawn)
            if same and all(a is b for a, b in zip(found, self._drawn, strict=True)):
                return
            take_over(self.page, self.draw())
            self._drawn = found


def take_over(page: gr.Blocks, drawn: gr.Blocks) -> None:
    """Facts of every piece and the visibility of every tab, from a page of the same build."""
    pieces = {b.elem_id: b for b in drawn.blocks.values() if isinstance(b, gr.HTML)}
    tabs = {b.id: b for b in drawn.blocks.values() if isinstance(b, gr.Tab)}
    for block in page.blocks.values():
        if isinstance(block, gr.HTML) and block.elem_id in pieces:
            block.props = pieces[block.elem_id].props
        elif isinstance(block, gr.Tab) and block.id in tabs:
            block.visible = tabs[block.id].visible
    page.config = page.get_config_file()


def _cards() -> list:
    return [model.card for model in look().values()]
