"""A page without a browser: calls the studio's server functions as the page does, many at once."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Any

import httpx

PATIENCE = 120.0  # seconds; a crowd on two cores waits long, and shall be measured all the same


class Caller:
    """One browser tab: a name of its own, one call in flight."""

    def __init__(self, http: httpx.AsyncClient, component: int, model: str, control: str) -> None:
        self.http, self.component, self.model, self.control = http, component, model, control
        self.name = secrets.token_hex(12)
        self.times: list[float] = []
        self.errors: list[str] = []
        self.last: dict[str, Any] = {}

    async def call(self, function: str, data: dict[str, Any]) -> Any:
        """One server function, as the page calls it."""
        body = {"component_id": self.component, "fn_name": function, "session_hash": self.name}
        address, whole = "gradio_api/component_server/", {**body, "data": data}
        try:
            answer = await self.http.post(address, json=whole)
        except httpx.RemoteProtocolError:  # an idle line was closed under it: the page asks again
            answer = await self.http.post(address, json=whole)
        answer.raise_for_status()
        return answer.json()

    async def move(self, value: float) -> None:
        """One move of a slider; its time in milliseconds is kept, and what came back."""
        request = {"model": self.model, "seed": 1, "controls": {self.control: value}}
        begun = time.perf_counter()
        try:
            answer = await self.call("live", {"request": request, "client": self.name})
        except (httpx.HTTPError, ValueError) as error:
            self.errors.append(repr(error))
            return
        self.times.append(1000 * (time.perf_counter() - begun))
        if answer.get("error"):
            self.errors.append(answer["error"]["en"])
        self.last = answer

    async def drag(self, values: list[float], every: float = 0.0) -> None:
        """Moves one after another, `every` seconds apart where the answers are fast enough."""
        for value in values:
            begun = time.perf_counter()
            await self.move(value)
            await asyncio.sleep(max(0.0, every - (time.perf_counter() - begun)))

    @property
    def reached(self) -> float | None:
        """The value that the last answer shows."""
        return self.last.get("request", {}).get("controls", {}).get(self.control)


async def component(http: httpx.AsyncClient, name: str) -> int:
    """The number under which Gradio knows a piece of the page."""
    config = (await http.get("config")).json()
    return next(c["id"] for c in config["components"] if c["props"].get("elem_id") == name)
