"""The door: flags -> studio -> launch. `python app.py --help` says what each flag does."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading

from studio.sentences import PersonError
from studio.server import Options, start


def flags() -> argparse.ArgumentParser:
    """Every flag with its one sentence."""
    parser = argparse.ArgumentParser(description="Studio of small generative models.")
    add = parser.add_argument
    add("--share", action="store_true", help="make a public link, with a password")
    add("--auth", metavar="NAME:PASSWORD", help="ask visitors for this name and password")
    add("--port", type=int, help="port of the page (default: the first free one from 7860)")
    add("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 opens it to others")
    add("--device", default="auto", help="auto, cpu, cuda or mps")
    add("--root-path", help="path below which a proxy shows the studio, such as /studio")
    add("--offline", action="store_true", help="try nothing that could reach a network")
    add("--inbrowser", action="store_true", help="open the page in a browser")
    return parser


def main(words: list[str] | None = None) -> int:
    """Serve until interrupted, then end the process. Exit 2 and one sentence on bad flags."""
    options = Options(**vars(flags().parse_args(words)))
    stop = threading.Event()

    def end(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)  # the second time it ends at once
        stop.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    try:
        running = start(options)
    except PersonError as error:
        print(error, file=sys.stderr)
        return 2
    while not stop.wait(0.5):
        pass  # a signal that comes just before an endless wait would never be looked at
    running.close()
    sys.stdout.flush()
    os._exit(0)  # an interpreter that ends while a thread still imports torch would abort


if __name__ == "__main__":
    sys.exit(main())
