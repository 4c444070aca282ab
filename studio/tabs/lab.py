"""The Lab tab: how a file was made (Info), all models, families compared, sharing, and status."""

from __future__ import annotations

from studio import live
from studio.media.readers import FORMATS
from studio.parts.comparison import comparison
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
    piece("lab.js", NAME, functions, kinds=[form for form in FORMATS if form not in FOREIGN])
