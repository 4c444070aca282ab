"""The Pictures tab: one page of our own, drawn from the models' declarations."""

from __future__ import annotations

from typing import Any

from studio import live
from studio.parts.listing import listing
from studio.parts.page import piece

NAME = "pictures"


def models() -> list[dict[str, Any]]:
    """What the tab offers, the first one first."""
    return listing("picture")


def visible() -> bool:
    """Always: the first tab says what is missing where nothing is published."""
    return True


def build() -> None:
    """Inside a `gr.Tab`: everything that gives pictures from seeds and controls."""
    functions = [live.live, live.samples, live.download, live.restore]
    piece("pictures.js", NAME, functions, catalog={"models": models()})
