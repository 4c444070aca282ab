"""A page without a browser: calls the studio's server functions as the page does, many at once.

A browser's connection is kept, and reading an answer costs next to nothing: sixty callers shall
measure the studio and not themselves (an ordinary HTTP client took 2 to 6 ms a call).
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
import urllib.request
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 120.0  # seconds; a crowd on two cores waits long, and shall be measured all the same


class Line:
    """One connection, kept open and opened again where the server has closed it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname, parts.port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, data: Any) -> Any:
        """JSON there and back. OSError where the line breaks, ValueError for another status."""
        body = json.dumps(data).encode()
        head = (
            f"POST /{path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        async with asyncio.timeout(PATIENCE):
            try:
                return await self._exchange(head + body)
            except (ConnectionError, asyncio.IncompleteReadError):
                self._streams = None  # an idle line was closed under it: the page asks again
                return await self._exchange(head + body)

    async def _exchange(self, question: bytes) -> Any:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        writer.write(question)
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines if line)
        body = await reader.readexactly(int(fields["content-length"]))
        if first.split()[1] != "200":
            raise ValueError(f"{first}: {body[:200]!r}")
        return json.loads(body)

    def close(self) -> None:
        """Hangs up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


class Caller:
    """One browser tab: a name of its own, one call in flight, the newest value only."""

    def __init__(self, address: str, component: int, model: str, control: str) -> None:
        self.line = Line(address)
        self.component, self.model, self.control = component, model, control
        self.name = secrets.token_hex(12)
        self.seed = secrets.randbelow(2**31)  # nobody's pictures are another's
        self.times: list[float] = []  # from a question to its answer, milliseconds
        self.seen: list[float] = []  # from a move to its own picture, those that got one
        self.errors: list[str] = []
        self.last: dict[str, Any] = {}
        self._sent = 0.0

    async def call(self, function: str, data: dict[str, Any]) -> Any:
        """One server function, as the page calls it."""
        body = {"component_id": self.component, "fn_name": function, "session_hash": self.name}
        return await self.line.post("gradio_api/component_server/", {**body, "data": data})

    async def move(self, value: float) -> None:
        """One move of a slider; its time in milliseconds is kept, and what came back."""
        request = {"model": self.model, "seed": self.seed, "controls": {self.control: value}}
        begun = self._sent = time.perf_counter()
        try:
            answer = await self.call("live", {"request": request, "client": self.name})
        except (OSError, ValueError, TimeoutError, EOFError) as error:
            self.errors.append(repr(error))
            return
        self.times.append(1000 * (time.perf_counter() - begun))
        if answer.get("error"):
            self.errors.append(answer["error"]["en"])
        self.last = answer

    async def hurry(self, values: list[float]) -> None:
        """Moves one after another, each as soon as the one before it is answered, without the rest
        that the studio asks for: harder than any page."""
        for value in values:
            await self.move(value)

    async def drag(self, values: list[float], every: float) -> None:
        """A finger that moves every `every` seconds, whether answered or not, and the page
        (assets/js/live.js): the newest value only, and the rest that the studio asks for."""
        begun, shown, last = time.perf_counter(), -1, len(values) - 1
        while shown < last:
            turn = self._sent + self.last.get("rest", 0) / 1000
            due = max(begun + (shown + 1) * every, turn)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            passed = int((time.perf_counter() - begun) / every)
            shown = min(last, max(shown + 1, passed))
            await self.move(values[shown])
            self.seen.append(1000 * (time.perf_counter() - begun - shown * every))

    @property
    def reached(self) -> float | None:
        """The value that the last answer shows."""
        return self.last.get("request", {}).get("controls", {}).get(self.control)


def component(address: str, name: str, opener: urllib.request.OpenerDirector | None = None) -> int:
    """The number under which Gradio knows a piece of the page; `opener` may hold a login."""
    open_it = opener.open if opener else urllib.request.urlopen
    with open_it(f"{address}config", timeout=PATIENCE) as answer:
        components = json.load(answer)["components"]
    return next(c["id"] for c in components if c["props"].get("elem_id") == name)
