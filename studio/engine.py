"""The engine: the one place that runs networks. Requests in, results out, from any thread.

`live` answers while a slider moves (newest wins), `run` and `stream` do whole pieces of work.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from typing import Any

from studio.catalogue import models, published
from studio.pace import Pace
from studio.queueing import Chore, Live, Run, Waiting
from studio.requests import Request, complete
from studio.results import Progress, Result
from studio.sentences import PersonError, Sentence
from studio.tasks import Desk, Files, Task
from studio.worker import CLOSING, Worker

__all__ = ["Engine", "Progress", "Result", "get_engine", "set_engine"]

GLANCE = 0.1  # seconds between two looks at a cancel flag


class Engine:
    """`device`: auto, cpu, cuda...; `memory_limit`: bytes of weights kept on it."""

    def __init__(self, device: str = "auto", memory_limit: int | None = None) -> None:
        self.pace = Pace()
        self._waiting = Waiting()
        self._desk = Desk()
        self._worker = Worker(self._waiting, device, memory_limit, self.pace)
        self._superseded = 0
        self._worker.start()

    async def live(self, request: Request, client: str, files: Files | None = None) -> Result:
        """The newest answer for this client; an older request that still waited is superseded.

        For any event loop. Never raises for what a person did: see `Result.error`.
        """
        self.pace.asked(client)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()

        def settle(result: Result) -> None:
            try:
                loop.call_soon_threadsafe(_give, future, result)
            except RuntimeError:
                return  # the loop was closed: nobody is left to hear the answer

        try:
            if request.inputs:  # decoding a photograph takes a while: not on this loop
                task = await asyncio.to_thread(self._desk.task, request, files)
            else:
                task = self._desk.task(request)
            older = self._waiting.add_live(client, Live(task, settle, future.cancelled))
        except PersonError as error:
            return _refused(request, error.sentence)
        if older is not None:
            self._superseded += 1
            older.settle(Result(older.task.request, older.task.kind, superseded=True))
        return await future

    def run(
        self,
        request: Request,
        progress: Callable[[Progress], None] | None = None,
        cancel: threading.Event | None = None,
        client: str = "",
        files: Files | None = None,
    ) -> Result:
        """A whole piece of work, rendered alone; blocks. `progress` is called in this thread.

        `client` names who asks, so that nobody fills the queue; without it only the studio's own
        limit holds.
        """
        result: Result | None = None
        for event in self.stream(request, cancel, client, files):
            if isinstance(event, Result):
                result = event
            elif progress is not None:
                progress(event)
        assert result is not None  # a stream always ends with its result
        return result

    async def whole(self, request: Request, client: str, files: Files | None = None) -> Result:
        """`run` for an event loop; whoever stops waiting for it stops it."""
        cancel = threading.Event()
        try:
            return await asyncio.to_thread(self.run, request, None, cancel, client, files)
        finally:
            cancel.set()

    def stream(
        self,
        request: Request,
        cancel: threading.Event | None = None,
        client: str = "",
        files: Files | None = None,
        target: Mapping[str, Any] | None = None,
    ) -> Iterator[Progress | Result]:
        """The same as an iterator: progress, and the result at the end. Closing it stops the run.

        Stopped, it ends within a second with whatever value was reached and a note. With `target`,
        a picture among `files` by {name, size, sha256}, values are `Sought`: the spot of the
        model's latent that comes nearest to it.
        """
        try:
            desk = self._desk
            task = desk.aimed(request, target, files or {}) if target else desk.task(request, files)
            run = Run(task, client)
            self._waiting.add_run(run)
        except PersonError as error:
            yield _refused(request, error.sentence)
            return
        best, reached = None, 0.0
        try:
            ahead = self._waiting.ahead(run)
            yield Progress(ahead=ahead)
            while True:
                if ahead and (now := self._waiting.ahead(run)) != ahead:
                    ahead = now
                    yield Progress(ahead=ahead)
                if cancel is not None and cancel.is_set():
                    yield _stopped(run.task, best, reached)
                    return
                try:
                    event = run.events.get(timeout=GLANCE)
                except queue.Empty:
                    continue
                yield event
                if isinstance(event, Result):
                    return
                reached = event.fraction
                best = best if event.preview is None else event.preview
        finally:
            run.cancelled.set()
            self._waiting.withdraw(run)

    def warm(self, model: str | None = None) -> Future[None]:
        """Import torch in the background; with a model, load it and, where it needs no file,
        answer once with defaults."""
        task, chosen = None, published(model) if model is not None else None
        if chosen and chosen.family.live and not any(t.required for t in chosen.family.takes):
            task = self._desk.task(complete({"model": model}))
        chore = Chore(lambda: self._worker.warm(chosen, task))
        self._waiting.add_chore(chore)
        return chore.future

    def unload(self, model: str) -> Future[None]:
        """Forget a network; the next request loads it again."""
        chore = Chore(lambda: self._worker.unload(model))
        self._waiting.add_chore(chore)
        return chore.future

    def status(self) -> dict[str, Any]:
        """Device, networks held, queues, counts and the median live time, as JSON data."""
        return {
            **self._worker.status(),
            **self._waiting.counts(),
            "superseded": self._superseded,
        }

    def close(self) -> None:
        """Refuse everything that waits and end the worker after its current step."""
        live, runs, chores = self._waiting.close()
        for one in live:
            one.settle(Result(one.task.request, one.task.kind, error=CLOSING))
        for run in runs:
            run.events.put(Result(run.task.request, run.task.kind, error=CLOSING))
        for chore in chores:
            chore.future.cancel()
        self._worker.join(timeout=5)


def _give(future: asyncio.Future[Result], result: Result) -> None:
    if not future.done():
        future.set_result(result)


def _refused(request: Request, sentence: Sentence) -> Result:
    model = models().get(request.model)  # the model itself may be what is missing
    return Result(request, model.family.gives if model else "picture", error=sentence)


def _stopped(task: Task, value: Any, reached: float) -> Result:
    note = Sentence(f"Stopped at {reached:.0%}.", f"已在 {reached:.0%} 处停止。")
    return Result(task.request, task.kind, value, note=note)


_engine: Engine | None = None
_lock = threading.Lock()


def get_engine() -> Engine:
    """This process's engine, made at the first call."""
    global _engine
    with _lock:
        if _engine is None:
            _engine = Engine()
        return _engine


def set_engine(engine: Engine | None) -> None:
    """Put another engine in its place (a device of choice; tests)."""
    global _engine
    with _lock:
        _engine = engine
