"""The Pictures tab: one page of our own, drawn from the models' declarations."""

from __future__ import annotations

from studio import live
from studio.parts.listing import listing
from studio.parts.page import piece

NAME = "pictures"


def build() -> None:
    """Inside a `gr.Tab`: everything that gives pictures from seeds and controls."""
    functions = [live.live, live.samples, live.download, live.restore]
    piece("pictures.js", NAME, functions, catalog={"models": listing("picture")})
