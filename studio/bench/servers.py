"""Starts a server of its own process on a free port and waits until its page answers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def serving(words: Sequence[str], port: int) -> Iterator[tuple[str, float]]:
    """Run `python *words` and yield (address, seconds from process start to an answering page)."""
    address = f"http://127.0.0.1:{port}/"
    environment = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "False", "PYTHONUNBUFFERED": "1"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                with urllib.request.urlopen(address, timeout=10) as answer:
                    answer.read()
                    break
            except (urllib.error.URLError, ConnectionError) as error:
                if process.poll() is not None or time.perf_counter() - begun > PATIENCE:
                    raise RuntimeError(f"{' '.join(words)} did not answer ({error})") from error
                time.sleep(0.01)
        yield address, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(20)


def ours(port: int) -> list[str]:
    """The studio as a person starts it."""
    return ["app.py", "--port", str(port), "--offline"]


def plain(kind: str, port: int) -> list[str]:
    """A plain Gradio app to stand beside it: 'empty' or 'picture'."""
    return ["-m", "studio.bench.plain", kind, str(port)]
