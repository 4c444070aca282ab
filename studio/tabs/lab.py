"""The Lab tab: how a file was made (Info), and what runs where (Status)."""

from __future__ import annotations

from studio import live
from studio.parts.page import piece
from studio.parts.status import status

NAME = "lab"


def visible() -> bool:
    """Always: it has something to tell even where nothing is published."""
    return True


def build() -> None:
    """Inside a `gr.Tab`."""
    piece("lab.js", NAME, [live.info, live.download, live.answering(status)])
