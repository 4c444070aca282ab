"""The one thread that touches torch: live answers in batches, runs step by step in between."""

from __future__ import annotations

import logging
import statistics
import threading
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

from models.family import UnfitError
from studio.catalogue import Published
from studio.limits import TOO_LONG, Runtime
from studio.pace import Pace
from studio.queueing import Chore, ClosedError, Live, Run, Waiting
from studio.results import Progress, Result
from studio.sentences import PersonError, Sentence
from studio.tasks import Task

log = logging.getLogger(__name__)

CLOSING = Sentence("The studio is closing.", "工作室正在关闭。")


class Worker(threading.Thread):
    """Started by the engine. No exception ends it: each becomes the sentence of one result."""

    def __init__(self, waiting: Waiting, device: str, limit: int | None, pace: Pace) -> None:
        super().__init__(name="studio-worker", daemon=True)
        self.waiting, self._device, self._limit, self._pace = waiting, device, limit, pace
        self._answers: Any = None
        self._run: Run | None = None
        self._steps: Iterator[tuple[float, Any]] | None = None
        self._stepped = 0.0
        self._times: deque[float] = deque(maxlen=200)
        self._counts = {"live": 0, "batches": 0, "largest_batch": 0, "runs_done": 0, "errors": 0}

    def run(self) -> None:
        """Until the queue is closed."""
        while True:
            try:
                work = self.waiting.take(self._run is not None, self._stepped)
            except ClosedError:
                if self._run:
                    self._end(self._run, error=CLOSING)
                return
            if isinstance(work, list):
                self._live(work)
            elif isinstance(work, Chore):
                work.perform()
            else:
                self._step(work or self._run)

    @property
    def answers(self) -> Any:
        """Networks and device; torch is imported at the first use. This thread's own."""
        if self._answers is None:
            from studio.answers import Answers

            self._answers = Answers(self._device, self._limit)
        return self._answers

    def warm(self, model: Published | None, task: Task | None) -> None:
        """Import torch; with a model, load its network; with a task of it, answer it once."""
        answers = self.answers
        if model is not None:
            answers.networks.get(model)
        if task is not None:
            answers.together([task])

    def unload(self, name: str) -> None:
        """Forget a network."""
        self.answers.networks.drop(name)

    def status(self) -> dict[str, Any]:
        """Facts for the status page; safe from any thread, never waits."""
        answers, times = self._answers, list(self._times)
        facts = {**self._counts, "live_ms": round(statistics.median(times), 2) if times else None}
        if answers is None:
            return {"ready": False, "device": self._device, "models": {}, **facts}
        networks = answers.networks
        return {
            "ready": True,
            "device": str(answers.device),
            "models": networks.rows(),
            "weights_mb": round(networks.used / 2**20, 1),
            "limit_mb": networks.limit // 2**20,
            **facts,
        }

    def _live(self, batch: list[Live]) -> None:
        batch = [live for live in batch if not live.gone()]
        if not batch:
            return
        begun = time.perf_counter()
        error = None
        try:
            values = self.answers.together([live.task for live in batch])
        except Exception as raised:
            if len(batch) > 1:  # one of them is to blame: the others shall not suffer
                for live in batch:
                    self._live([live])
                return
            error, values = self._excuse(raised, batch[0].task), [None]
        now = time.perf_counter()
        ms = 1000 * (now - begun)
        # Counted first: whoever has an answer finds it in the figures.
        self._times.append(ms)
        self._pace.answered(ms, len(batch), batch[0].task.alike is not None)
        self._counts["live"] += len(batch)
        self._counts["batches"] += 1
        self._counts["largest_batch"] = max(self._counts["largest_batch"], len(batch))
        for live, value in zip(batch, values, strict=True):
            task, queued = live.task, 1000 * (begun - live.since)
            note = task.request.note
            live.settle(Result(task.request, task.kind, value, ms, queued, note, error=error))

    def _step(self, run: Run) -> None:
        """One step of a run, the first one of a new run included."""
        if run.cancelled.is_set():
            self._end(run)
            return
        begun = time.perf_counter()
        try:
            if run is not self._run:
                self._run, self._steps, run.begun = run, self.answers.steps(run.task), begun
            fraction, value = next(self._steps, (None, None))
        except Exception as raised:
            self._fail(run, raised)
            return
        now = self._stepped = time.perf_counter()
        run.ms += 1000 * (now - begun)
        if fraction is None:
            self._end(run)
            return
        run.value = run.value if value is None else value
        if fraction < 1 and Runtime.over(run.ms):
            if run.value is None:
                self._end(run, error=TOO_LONG)
            else:
                self._end(run, note=TOO_LONG)
            return
        passed = now - run.begun
        left = passed * (1 - fraction) / fraction if fraction > 0 else None
        run.events.put(Progress(fraction, left, 0, value))

    def _fail(self, run: Run, raised: Exception) -> None:
        """Out of memory: once more, with all other networks gone. Else the run ends here."""
        from studio.answers import out_of_memory

        if out_of_memory(raised) and not run.again:
            run.again = True
            self._run = self._steps = None
            self._answers.networks.make_room()
            self.waiting.put_back(run)
        else:
            self._end(run, error=self._excuse(raised, run.task))

    def _end(self, run: Run, error: Sentence | None = None, note: Sentence | None = None) -> None:
        self._run = self._steps = None
        self._counts["runs_done"] += 1
        task, queued = run.task, 1000 * ((run.begun or time.perf_counter()) - run.since)
        value = None if error else run.value
        note = note or task.request.note
        self.waiting.finished(run)
        run.events.put(Result(task.request, task.kind, value, run.ms, queued, note, error=error))

    def _excuse(self, raised: Exception, task: Task) -> Sentence:
        from studio.answers import excuse

        self._counts["errors"] += 1
        if not isinstance(raised, PersonError | UnfitError):
            log.error("%s failed", task.model.card.id, exc_info=raised)
        return excuse(raised, task)
