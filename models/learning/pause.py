"""Asking training to stand still, and standing still: two sides of the file `runs/pause`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RUNS = Path(os.environ.get("STUDIO_RUNS", "runs"))


@contextmanager
def training_paused(patience: float = 30.0) -> Iterator[None]:
    """Hold all training while measuring; waits until it stands still, or until nobody trains.

    A job touches `runs/alive` at every step; where that is older than `patience` seconds nobody
    trains and there is nothing to wait for. A pause inside a pause leaves the outer one alone.
    """
    pause, standing, alive = RUNS / "pause", RUNS / "standing", RUNS / "alive"
    if pause.exists() or not RUNS.exists():
        yield
        return
    pause.touch()
    try:
        until = time.monotonic() + patience
        while time.monotonic() < until and not standing.exists():
            if not alive.exists() or time.time() - alive.stat().st_mtime > patience:
                break
            time.sleep(0.1)
        yield
    finally:
        pause.unlink(missing_ok=True)


def wait_while_paused() -> bool:
    """Called by a job before every step: stand still while asked to; True if there was a pause."""
    pause, standing, alive = RUNS / "pause", RUNS / "standing", RUNS / "alive"
    if not pause.exists():
        alive.touch()
        return False
    standing.touch()
    while pause.exists():
        time.sleep(0.2)
    standing.unlink(missing_ok=True)
    return True
