"""The page itself on its way out: small, with its first sentence, and asking early for its scripts.

Gradio compresses files but not the page, shows nothing until its scripts have come, and calls
every page "Gradio" in the previews of a shared link. On a slow line that is most of a minute of
white.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

QUALITY = {"br": 5, "gzip": 6}  # 30 ms of a core; kept, so only after the page has changed
FORMS = tuple(QUALITY)  # the better one first
META = re.compile(rb'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')

# Until Gradio has put the page in its place; both languages, since no script has run yet.
COMING = """
<style>
  #coming { position: fixed; inset: 0; display: grid; place-content: center; gap: 6px;
    text-align: center; font: 500 17px/1.5 system-ui, sans-serif; opacity: 0.75;
    pointer-events: none; }
  body:has(.gradio-container) #coming { display: none; }
</style>
<div id="coming" role="status"><span>The studio is coming…</span>
<span lang="zh-CN">工作室正在打开……</span></div>
"""


def meta(title: str, about: str) -> str:
    """What a shared link shows in a chat."""
    return (
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="website">'
        f'<meta property="og:description" content="{about}">'
        f'<meta name="description" content="{about}">'
    )


class Front:
    """ASGI middleware. `head` is HTML that the page holds before any script has run."""

    def __init__(self, app: ASGIApp, head: str) -> None:
        self.app, self.head = app, head.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_page(scope):
            return await self.app(scope, receive, send)
        start: Message = {}
        parts: list[bytes] = []

        async def held(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._send(scope, start, b"".join(parts), send)

        await self.app(scope, receive, held)

    async def _send(self, scope: Scope, start: Message, body: bytes, send: Send) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        if "text/html" in headers.get("content-type", "") and "content-encoding" not in headers:
            form = accepted(Headers(scope=scope).get("accept-encoding", ""))
            body = await asyncio.to_thread(packed, body, self.head, form)
            headers["content-length"] = str(len(body))
            headers.add_vary_header("Accept-Encoding")
            if form:
                headers["content-encoding"] = form
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})


def is_page(scope: Scope) -> bool:
    """Whether somebody asks for the page itself, also below a proxy's path."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return not scope["path"].removeprefix(scope.get("root_path", "")).strip("/")


def accepted(header: str) -> str:
    """The best compression that an Accept-Encoding header names; "" where it names none."""
    offers = [offer.split(";") for offer in header.lower().replace(" ", "").split(",")]
    names = {name for name, *rest in offers if "q=0" not in rest}
    return next((form for form in FORMS if form in names), "")


@lru_cache(maxsize=4)  # pages of a studio with and without a login, in two forms
def packed(page: bytes, head: bytes, form: str) -> bytes:
    """The page with what it shows first, compressed."""
    page = dressed(page, head)
    if form == "br":
        import brotli  # comes with Gradio

        return brotli.compress(page, quality=QUALITY[form])
    return gzip.compress(page, QUALITY[form], mtime=0) if form else page


def dressed(page: bytes, head: bytes) -> bytes:
    """Our own head and first sentence in Gradio's page; a page of another shape stays as it is."""
    above, end, below = page.rpartition(b"</head>")
    opening = re.search(rb"<body[^>]*>", below)
    if not end or opening is None:
        return page
    cut = opening.end()
    return b"".join((META.sub(b"", above), head, end, below[:cut], COMING.encode(), below[cut:]))
