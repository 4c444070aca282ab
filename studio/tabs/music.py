"""The Music tab: notes that the page plays itself, drawn from the models' declarations."""

from __future__ import annotations

from typing import Any

from studio import live
from studio.parts.listing import listing
from studio.parts.music import look, sampler
from studio.parts.page import piece

NAME = "music"


def models() -> list[dict[str, Any]]:
    """What the tab offers, the first one first."""
    return listing("notes")


def visible() -> bool:
    """Whether anything that gives notes is published."""
    return bool(models())


def build() -> None:
    """Inside a `gr.Tab`: everything that gives notes from seeds, controls and MIDI files."""
    functions = [live.live, live.download, live.restore, live.drop]
    functions += [live.answering(sampler), live.answering(look)]
    piece("music.js", NAME, functions, catalog={"models": models()})
