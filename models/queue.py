"""python -m models.queue [show|run]: what trains next, over all families.

The plan below is the one list. Spent minutes come from the ledger, so the queue goes on where it
stood after any interruption: first every model gets a third of its minutes, in this order; then
the model that is furthest from its planned minutes is next.

Run it in two terminals with `OMP_NUM_THREADS=1` each: two jobs of one thread get more out of two
cores than one job of two. What one of them trains, the other leaves alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Set
from contextlib import ExitStack
from typing import NamedTuple

from filelock import FileLock, Timeout

from models.learning.ledger import ledger_path
from models.learning.pause import RUNS
from models.registry import trainable

SLICE = 20.0  # minutes between two looks at the list
FIRST = 1 / 3


class Planned(NamedTuple):
    """A family on a data set and the minutes on two cores that it is planned to have."""

    family: str
    data: str
    minutes: float


PLAN = (
    Planned("pictures/pca", "cats", 1),
    Planned("pictures/dcgan", "cats", 90),
    Planned("judges/eye", "eye", 90),
    Planned("judges/classifier", "digits", 10),
    Planned("judges/classifier", "heroes", 20),
    Planned("pictures/gan", "digits", 18),
    Planned("pictures/cvae", "digits", 30),
    Planned("pictures/cgan", "digits", 30),
    Planned("pictures/vae", "cats", 90),
    Planned("pictures/cgan", "heroes", 180),
    Planned("pictures/stylegan", "cats", 240),
    Planned("upscale/cnn", "photos4", 150),
    Planned("words/textvae", "captions", 90),
    Planned("words/gru", "captions", 60),
    Planned("style/cyclegan", "monet", 240),
    Planned("style/anystyle", "art", 180),
    Planned("voice/cgan", "spoken-digits", 90),
    Planned("voice/cgan", "drums", 90),
    Planned("music/drumvae", "groove", 60),
    Planned("upscale/cnn", "photos2", 90),
    Planned("upscale/instant", "photos4", 42),
    Planned("upscale/srgan", "photos4", 120),
    Planned("words/cvae", "poems", 60),
    Planned("words/gru", "stories", 60),
    Planned("words/cvae", "emotions", 60),
    Planned("music/wavenet", "nottingham", 60),
    Planned("music/chorales", "jsb", 60),
    Planned("music/melodyvae", "nottingham", 60),
    Planned("voice/vae", "spoken-digits", 60),
    Planned("voice/vae", "drums", 60),
    Planned("style/cyclegan", "sunset", 120),
    Planned("upscale/cleaning", "phone4", 60),
    Planned("upscale/drlsrgan", "photos4", 150),
    Planned("style/several", "art", 120),
    Planned("style/gan", "monet", 60),
    Planned("words/textgan", "coco", 60),
    Planned("music/musicgan", "band", 60),
    Planned("music/cgan", "band", 60),
    Planned("music/arvae", "nottingham", 60),
    Planned("voice/vocoder", "lj", 240),
    Planned("voice/speech", "lj", 180),
    Planned("judges/guesser", "pictures/dcgan-cats", 12),
)


def spent() -> dict[tuple[str, str], float]:
    """Minutes of two cores by (family, data), summed over the ledger.

    Two jobs with one thread each get more out of two cores than one job with two, because no
    thread waits for another that is off its core; such a minute counts as half.
    """
    total: dict[tuple[str, str], float] = {}
    if ledger_path().exists():
        for line in ledger_path().read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "minutes" in row:
                key = (row["family"], row["data"])
                total[key] = total.get(key, 0.0) + row["minutes"] * (row.get("threads", 2) / 2)
    return total


def following(
    used: dict[tuple[str, str], float], known: set[str], passed: Set[Planned] = frozenset()
) -> tuple[Planned, float] | None:
    """The next entry and how many minutes it gets now; None when every minute is spent.

    `known` families only; entries in `passed` are left out (failed, or trained elsewhere).
    """
    waiting = [p for p in PLAN if p.family in known and p not in passed]

    def share(entry: Planned) -> float:
        return used.get((entry.family, entry.data), 0.0) / entry.minutes

    early = next((p for p in waiting if share(p) < FIRST - 0.01), None)
    entry = early or min(waiting, key=share, default=None)
    if entry is None or share(entry) > 0.99:
        return None
    goal = entry.minutes * (FIRST if early else 1.0)
    return entry, min(SLICE, goal - used.get((entry.family, entry.data), 0.0))


def _claimed(away: set[Planned]) -> tuple[Planned, float, ExitStack] | None:
    """The next entry that no other queue is training, its minutes, and the hold on it."""
    RUNS.mkdir(parents=True, exist_ok=True)
    passed = set(away)
    while step := following(spent(), set(trainable()), passed):
        entry, minutes = step
        held = ExitStack()
        try:
            name = f"{entry.family.replace('/', '-')}-{entry.data}.lock"
            held.enter_context(FileLock(RUNS / name, timeout=0))
            return entry, minutes, held
        except Timeout:
            passed.add(entry)
    return None


def main(words: list[str] | None = None) -> int:
    """Show the plan with the minutes spent, or train down the list until it is empty."""
    parser = argparse.ArgumentParser(prog="python -m models.queue", description=main.__doc__)
    parser.add_argument("what", nargs="?", choices=("show", "run"), default="show")
    parser.add_argument("--device", default="auto")
    asked = parser.parse_args(words)
    if asked.what == "show":
        used = spent()
        for entry in PLAN:
            minutes = used.get((entry.family, entry.data), 0.0)
            missing = "" if entry.family in trainable() else "  (no such family yet)"
            print(f"{entry.family:22} {entry.data:10} {minutes:6.1f} of {entry.minutes:g}{missing}")
        return 0
    away: set[Planned] = set()  # failed here
    while step := _claimed(away):
        entry, minutes, claim = step
        command = [sys.executable, "-m", "models.train", entry.family, "--data", entry.data]
        command += ["--minutes", f"{minutes:.2f}", "--device", asked.device, "--resume"]
        print(" ".join(command[1:]), flush=True)
        with claim:
            done = subprocess.run(command)
        if done.returncode < 0 or done.returncode == 130:
            return 130  # stopped from outside: so does the queue
        if done.returncode:
            print(f"{entry.family} on {entry.data} failed; the queue goes on without it")
            away.add(entry)
    return 0


if __name__ == "__main__":
    sys.exit(main())
