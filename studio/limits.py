"""What one visitor may take: requests at once, the size of a file, the seconds of a run.

A visitor of the page is a browser tab by the name it chose for itself; names cost nothing, so an
address has a limit of its own, wide enough for a class room behind one line.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from studio.sentences import PersonError, Sentence

FLIGHT = 12  # requests of one tab at once; a browser itself opens six
ADDRESS = 128  # requests of one address at once
UPLOAD = 20  # MB of one file; what we make is far smaller
SECONDS = 120  # of computing for one run, where strangers can come in

TOO_MANY = Sentence(
    f"More than {FLIGHT} requests of this page are waiting: let some of them finish.",
    f"此页面等待中的请求超过 {FLIGHT} 个:请先等其中一些完成。",
)
CROWDED = Sentence(
    f"More than {ADDRESS} requests from this address are waiting: try again in a moment.",
    f"来自此地址的等待中的请求超过 {ADDRESS} 个:请稍后再试。",
)
TOO_LONG = Sentence(
    f"Stopped: a visitor's run may take {SECONDS} seconds.",
    f"已停止:访客的单个任务最长 {SECONDS} 秒。",
)


class Flights:
    """Counts what is under way for each name; safe for all threads."""

    def __init__(self, most: int, refusal: Sentence) -> None:
        self.most, self.refusal = most, refusal
        self._count: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def one(self, name: str) -> Iterator[None]:
        """One more while inside. PersonError where that is too many."""
        with self._lock:
            if self._count[name] >= self.most:
                raise PersonError(str(self.refusal), self.refusal.zh)
            self._count[name] += 1
        try:
            yield
        finally:
            with self._lock:
                self._count[name] -= 1
                if not self._count[name]:
                    del self._count[name]


class Runtime:
    """How long a run may compute; None: for ever, as at home."""

    seconds: float | None = None

    @classmethod
    def over(cls, milliseconds: float) -> bool:
        """Whether a run that has computed for so long must end."""
        return cls.seconds is not None and milliseconds > 1000 * cls.seconds


TABS = Flights(FLIGHT, TOO_MANY)
ADDRESSES = Flights(ADDRESS, CROWDED)
