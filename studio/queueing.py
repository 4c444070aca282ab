"""What waits for the worker: live answers first, then small chores, then runs."""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from studio.results import Progress, Result
from studio.sentences import PersonError
from studio.tasks import Task

LARGEST_BATCH = 16  # live answers of one model in one pass
PATIENCE = 1.0  # seconds a run may be held up by live answers before it gets a step
RUNS_PER_CLIENT = 3  # waiting and running
RUNS = 64


@dataclass(eq=False, slots=True)
class Live:
    """One live request; `settle` hands its result over, from any thread."""

    task: Task
    settle: Callable[[Result], None]
    gone: Callable[[], bool]  # nobody waits for it any more
    since: float = field(default_factory=time.perf_counter)


@dataclass(eq=False)
class Run:
    """One run; `events` carries progress and at last the result to the thread that waits."""

    task: Task
    client: str
    cancelled: threading.Event = field(default_factory=threading.Event)
    events: queue.SimpleQueue[Progress | Result] = field(default_factory=queue.SimpleQueue)
    since: float = field(default_factory=time.perf_counter)
    begun: float = 0.0
    ms: float = 0.0  # the network's own time
    value: Any = None  # the best so far
    again: bool = False  # started anew after it ran out of memory


@dataclass(eq=False)
class Chore:
    """Something short that only the worker may do: load, unload."""

    do: Callable[[], None]
    future: Future[None] = field(default_factory=Future)

    def perform(self) -> None:
        """Do it; whoever waits on `future` gets what went wrong."""
        try:
            self.future.set_result(self.do())
        except Exception as error:
            self.future.set_exception(error)


class ClosedError(Exception):
    """The worker has nothing more to do, ever."""


class Waiting:
    """The three queues, safe for all threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._live: dict[str, Live] = {}
        self._chores: deque[Chore] = deque()
        self._runs: deque[Run] = deque()
        self._active: Counter[str] = Counter()
        self._taken: Run | None = None  # the one in work
        self.closed = False

    def add_live(self, client: str, live: Live) -> Live | None:
        """Newest wins: the client's older request, if it still waited, is handed back."""
        with self._changed:
            self._open()
            older = self._live.get(client)
            # The newer one takes the older one's turn: who moves fast never waits longer.
            self._live[client] = live
            self._changed.notify()
        return older

    def add_chore(self, chore: Chore) -> None:
        """Done as soon as no live answer waits."""
        with self._changed:
            self._open()
            self._chores.append(chore)
            self._changed.notify()

    def add_run(self, run: Run) -> None:
        """PersonError where the client has too many runs, or the studio has."""
        with self._changed:
            self._open()
            if run.client and self._active[run.client] >= RUNS_PER_CLIENT:
                raise PersonError(
                    f"You have {RUNS_PER_CLIENT} runs going already: wait for one or stop it.",
                    f"您已有 {RUNS_PER_CLIENT} 个任务在进行:请等待或先停止一个。",
                )
            if self._active.total() >= RUNS:
                raise PersonError(
                    f"The studio has {RUNS} runs waiting: try again in a minute.",
                    f"工作室已有 {RUNS} 个任务在等待:请稍后再试。",
                )
            self._active[run.client] += 1
            self._runs.append(run)
            self._changed.notify()

    def put_back(self, run: Run) -> None:
        """A run that starts anew, before all others."""
        with self._changed:
            self._taken = None
            self._runs.appendleft(run)

    def withdraw(self, run: Run) -> None:
        """Forget a run that nobody waits for, unless the worker has it already."""
        with self._changed:
            if run not in self._runs:
                return
            self._runs.remove(run)
        self.finished(run)

    def finished(self, run: Run) -> None:
        """The run no longer counts against its client; every run ends here exactly once."""
        with self._changed:
            if run is self._taken:
                self._taken = None
            self._active[run.client] -= 1
            if not self._active[run.client]:
                del self._active[run.client]

    def ahead(self, run: Run) -> int:
        """How many runs end before this one begins, the one in work among them."""
        with self._changed:
            if run not in self._runs:
                return 0
            return self._runs.index(run) + (self._taken is not None)

    def take(self, busy: bool, stepped: float) -> list[Live] | Chore | Run | None:
        """What to do next; None: the next step of the run in work. Waits; ClosedError at the end.

        `busy`: a run is in work, whose last step ended at `stepped` (time.perf_counter).
        """
        with self._changed:
            while True:
                if self.closed:
                    raise ClosedError
                if busy and time.perf_counter() - stepped > PATIENCE:
                    return None
                if self._live:
                    return self._batch()
                if self._chores:
                    return self._chores.popleft()
                if busy:
                    return None
                if self._runs:
                    self._taken = self._runs.popleft()
                    return self._taken
                self._changed.wait()

    def _batch(self) -> list[Live]:
        """The oldest live request, with those that may share its pass."""
        first, *others = self._live.items()
        chosen = [first]
        if first[1].task.alike is not None:
            chosen += [o for o in others if o[1].task.alike == first[1].task.alike]
        chosen = chosen[:LARGEST_BATCH]
        for client, _ in chosen:
            del self._live[client]
        return [live for _, live in chosen]

    def close(self) -> tuple[list[Live], list[Run], list[Chore]]:
        """Take nothing more; hands back everything that still waited."""
        with self._changed:
            self.closed = True
            left = list(self._live.values()), list(self._runs), list(self._chores)
            self._live, self._runs, self._chores = {}, deque(), deque()
            self._changed.notify_all()
        return left

    def counts(self) -> dict[str, int]:
        """For the status page."""
        with self._changed:
            return {"live_waiting": len(self._live), "runs": self._active.total()}

    def _open(self) -> None:
        if self.closed:
            raise PersonError("The studio is closing.", "工作室正在关闭。")
