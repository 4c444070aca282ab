"""How often a page may ask while many people move sliders at once.

A page asks again as soon as it is answered. With sixty such pages every question would wait for
the sixty before it, and its picture would show a value long left. So every answer carries a turn:
how long the page should leave until its next question, for which it keeps the newest value. The
queue stays short, and pages that began in the same moment do not stay in step. Measured with 64
pages that never stop: their answers take 1.4 times as long as one page's, where equal rests for
all, which kept them in step, made it 4 to 6 times.
"""

from __future__ import annotations

import statistics
import time
from collections import OrderedDict, deque
from collections.abc import Callable

SHARE = 0.8  # of the worker's time that live answers may fill
ACTIVE = 2.0  # seconds after its last question for which a page still counts
LONGEST = 1.0  # seconds a page is asked to leave at most
SEEN = 50  # answers over which their cost is taken
SAVED = 0.5  # a crowd's pictures share passes: measured 0.45 to 0.5 of the time alone


class Pace:
    """Counts who asks and what an answer costs. `asked` and `rest` belong to one thread,
    `answered` to another."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last: OrderedDict[str, float] = OrderedDict()
        self._costs: deque[float] = deque(maxlen=SEEN)
        self._turn = 0.0  # the last one that was given away

    def asked(self, client: str) -> None:
        """This page has asked just now."""
        self._last[client] = self._now()
        self._last.move_to_end(client)
        self._forget()

    def answered(self, milliseconds: float, together: int, shares: bool) -> None:
        """A pass of the network took so long for `together` answers; `shares`: it could have been
        shared by more."""
        alone = SAVED if shares and together == 1 else 1.0
        self._costs.append(milliseconds * alone / together)

    def rest(self, client: str) -> int:
        """Milliseconds that this page should leave between its last question and its next; 0 for
        a page on its own. Every answer is given the next free turn, so that a crowd that began at
        once does not stay in step and come all together for ever."""
        self._forget()
        costs = list(self._costs)
        if len(self._last) < 2 or not costs:
            return 0
        now = self._now()
        turn = max(now, self._turn) + statistics.median(costs) / SHARE / 1000
        turn = self._turn = min(turn, now + LONGEST)
        return max(0, round(1000 * (turn - self._last.get(client, now))))

    def _forget(self) -> None:
        oldest = self._now() - ACTIVE
        while self._last and next(iter(self._last.values())) < oldest:
            self._last.popitem(last=False)
