"""Long pieces of work for the page: begin, follow, stop. One HTTP call each, no open connection.

A page that stops following (closed, asleep, off the line) has its run stopped, so that nobody's
machine works for nobody.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from studio.dropped import DROPPED
from studio.engine import Progress, Result, get_engine
from studio.requests import Request
from studio.sentences import PersonError

GLANCE = 0.05  # seconds between two looks for news
LONGEST = 0.8  # seconds that a follower waits for news before it is answered all the same
SILENCE = 1.8  # seconds without a follower after which a run is stopped; slow lines pause for one
LEFT = 0.8  # of them for a follower whose connection was closed: most often a tab that is gone
KEPT = 16  # runs that are remembered: their results may be large


class Watched(threading.Event):
    """A cancel flag that also rises when nobody has followed for a while."""

    def __init__(self) -> None:
        super().__init__()
        self.followed = time.monotonic()

    def is_set(self) -> bool:
        return super().is_set() or time.monotonic() - self.followed > SILENCE

    @contextmanager
    def looking(self) -> Iterator[None]:
        """While somebody waits for news; a wait that is cancelled is a connection that closed."""
        self.followed = time.monotonic()
        try:
            yield
        except asyncio.CancelledError:
            self.followed = time.monotonic() - SILENCE + LEFT
            raise
        self.followed = time.monotonic()


class Running:
    """One run in a thread of its own; `news` is its latest event, counted by `count`."""

    def __init__(
        self, request: Request, client: str, target: Mapping[str, Any] | None = None
    ) -> None:
        self.request, self.client, self.target = request, client, target
        self.cancel = Watched()
        self.news: Progress | Result = Progress()
        self.count = 0
        self.told = False  # whether its follower was given the result
        threading.Thread(target=self._work, name="studio-run", daemon=True).start()

    def _work(self) -> None:
        files = DROPPED.files_of(self.client)
        engine = get_engine()
        for event in engine.stream(self.request, self.cancel, self.client, files, self.target):
            self.news = event
            self.count += 1

    async def after(self, seen: int) -> tuple[int, Progress | Result]:
        """The newest event, as soon as there is one that the follower has not seen."""
        until = time.monotonic() + LONGEST
        while self.count <= seen and time.monotonic() < until:
            with self.cancel.looking():
                await asyncio.sleep(GLANCE)
        self.cancel.followed = time.monotonic()
        count, news = self.count, self.news
        self.told = isinstance(news, Result)
        return count, news


class Runs:
    """Runs by their secret number; each belongs to the client that began it."""

    def __init__(self) -> None:
        self._runs: OrderedDict[str, Running] = OrderedDict()

    def begin(self, request: Request, client: str, target: Mapping[str, Any] | None = None) -> str:
        """Start it and name it; what this client was told the end of is forgotten (one that ended
        a moment ago is still to be fetched). With `target` it is a search (see `Engine.stream`)."""
        for name, run in list(self._runs.items()):
            if run.client == client and run.told:
                del self._runs[name]
        name = secrets.token_hex(8)
        self._runs[name] = Running(request, client, target)
        while len(self._runs) > KEPT:
            self._runs.popitem(last=False)[1].cancel.set()
        return name

    def find(self, name: Any, client: str) -> Running:
        """PersonError where there is no such run of this client (any more)."""
        run = self._runs.get(name) if isinstance(name, str) else None
        if run is None or run.client != client:
            raise PersonError(
                "This run is no longer known: start it again.", "该任务已不存在:请重新开始。"
            )
        return run

    def result(self, request: Request, client: str) -> Result | None:
        """The whole result of a run of this client for exactly this request, if it is still here:
        a download then need not do the work again."""
        for run in reversed(self._runs.values()):
            found = run.news
            mine = run.client == client and run.request == request and not run.target
            if mine and isinstance(found, Result) and not (found.error or found.note):
                return found
        return None


RUNS = Runs()
