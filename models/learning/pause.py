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
    if _held(pause) or not RUNS.exists():
        yield
        return
    pause.write_text(str(os.getpid()))
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
    if not _held(pause):
        alive.touch()
        return False
    standing.touch()
    while _held(pause):
        time.sleep(0.2)
    standing.unlink(missing_ok=True)
    return True


def ended() -> None:
    """Called by a job at its end, so that who measures next does not wait for it; another job that
    trains meanwhile says so again at its next step."""
    (RUNS / "alive").unlink(missing_ok=True)


def _held(pause: Path) -> bool:
    """Whether somebody asks for a pause. Who was killed while measuring asks no more: without a
    look at the process, all training would stand still for good. A file without a number was
    made by hand and holds until it is removed."""
    try:
        holder = pause.read_text()
    except FileNotFoundError:
        return False
    if not holder.isdigit():
        return True
    try:
        os.kill(int(holder), 0)
    except ProcessLookupError:
        pause.unlink(missing_ok=True)
        return False
    except PermissionError:
        pass  # another person's process, alive
    return True
