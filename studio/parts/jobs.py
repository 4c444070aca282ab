"""Work of some seconds that is no single request: films, zip files. Begun, followed, stopped.

As for runs (`studio.runs`): a page that stops following has its work stopped.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from studio.dropped import DROPPED
from studio.engine import Progress, Result, get_engine
from studio.live import FAILED, Answer, answering, client_of, whole, words
from studio.requests import Request
from studio.runs import GLANCE, LONGEST, Watched
from studio.sentences import PersonError

KEPT = 32  # jobs that are remembered: their answers may have some megabytes
EACH = 2  # of one client at a time

log = logging.getLogger(__name__)


class StoppedError(Exception):
    """Nobody wants the answer any more."""


class Job:
    """`work(job)` in a thread of its own: it tells how far it is, and ends once it is stopped."""

    def __init__(self, work: Callable[[Job], Answer], client: str) -> None:
        self.work, self.client = work, client
        self.cancel = Watched()
        self.fraction, self.ahead, self.answer = 0.0, 0, None
        threading.Thread(target=self._run, name="studio-job", daemon=True).start()

    def _run(self) -> None:
        try:
            self.answer = self.work(self)
        except StoppedError:
            self.answer = {"stopped": True}
        except PersonError as error:
            self.answer = {"error": words(error.sentence)}
        except Exception:
            log.exception("a job failed")
            self.answer = {"error": words(FAILED)}

    def tell(self, fraction: float, ahead: int = 0) -> None:
        """How far it is and how many runs stand before it. StoppedError once nobody wants it."""
        if self.cancel.is_set():
            raise StoppedError
        self.fraction, self.ahead = fraction, ahead

    def results(self, requests: Sequence[Request]) -> Iterator[Result]:
        """Each request rendered alone, in order, with the client's own files."""
        files, engine = DROPPED.files_of(self.client), get_engine()
        for i, request in enumerate(requests):

            def told(news: Progress, done: int = i) -> None:
                self.tell((done + news.fraction) / len(requests), news.ahead)

            self.tell(i / len(requests))
            result = engine.run(request, told, self.cancel, self.client, files)
            self.tell((i + 1) / len(requests))
            yield whole(result)

    async def news(self) -> Answer:
        """The answer as soon as it is there, or how far it is after a little while."""
        until = time.monotonic() + LONGEST
        while self.answer is None and time.monotonic() < until:
            with self.cancel.looking():
                await asyncio.sleep(GLANCE)
        self.cancel.followed = time.monotonic()
        return self.answer or {"fraction": self.fraction, "ahead": self.ahead}


_jobs: OrderedDict[str, Job] = OrderedDict()


async def start(work: Callable[[Job], Answer], client: str) -> Answer:
    """The answer itself where it is quick; {job, fraction, ahead} to follow where it is not."""
    busy = [j for j in _jobs.values() if j.client == client and j.answer is None]
    if len(busy) >= EACH:
        raise PersonError(
            "Two files are being made already: wait for one or stop it.",
            "已有两个文件正在生成:请等待或先停止一个。",
        )
    name, job = secrets.token_hex(8), Job(work, client)
    _jobs[name] = job
    while len(_jobs) > KEPT:
        _jobs.popitem(last=False)[1].cancel.set()
    return _handed(name, await job.news())


@answering
async def follow_job(data: Answer) -> Answer:
    """{job, client} -> its answer, or {job, fraction, ahead} after a little while."""
    name = data.get("job")
    return _handed(name, await _find(name, client_of(data)).news())


@answering
async def stop_job(data: Answer) -> Answer:
    """{job, client} -> {}: it ends after the picture it is at."""
    _find(data.get("job"), client_of(data)).cancel.set()
    return {}


def _find(name: Any, client: str) -> Job:
    job = _jobs.get(name) if isinstance(name, str) else None
    if job is None or job.client != client:
        raise PersonError(
            "This work is no longer known: start it again.", "该任务已不存在:请重新开始。"
        )
    return job


def _handed(name: str, news: Answer) -> Answer:
    """A finished job is forgotten with its answer."""
    if "fraction" in news:
        return {"job": name, **news}
    _jobs.pop(name, None)
    return news
