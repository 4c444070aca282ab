"""The Lab tab: how a file was made (Info), all models, families compared, sharing, and status."""

from __future__ import annotations

from typing import Any

from studio import live
from studio.media.readers import FORMATS
from studio.parts.comparison import comparison
from studio.parts.listing import listing
from studio.parts.page import piece
from studio.parts.sharing import sharing
from studio.parts.shelf import shelf, unload, warm
from studio.parts.status import status

NAME = "lab"
FOREIGN = ("mp3", "aiff")  # taken in, never written: they carry no request


def visible() -> bool:
    """Always: it has something to tell even where nothing is published."""
    return True


def build() -> None:
    """Inside a `gr.Tab`."""
    own = map(live.answering, (shelf, warm, unload, comparison, sharing, status))
    runs = (live.begin, live.follow, live.stop)
    functions = [live.info, live.download, live.drop, *runs, *own]
    kinds = [form for form in FORMATS if form not in FOREIGN]
    piece("lab.js", NAME, functions, kinds=kinds, example=example())


def example() -> dict[str, Any] | None:
    """A request to try Info with: the first picture of the studio."""
    first = next((m for m in listing("picture") if m["first"]), None)
    return first and {"model": first["id"], "seed": first["seed"]}
