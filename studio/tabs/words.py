"""The Words tab: everything that gives texts from seeds, controls and typed sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.values import Text, Token
from studio import live, media
from studio.catalogue import models as published_models
from studio.parts.alike import alike
from studio.parts.jobs import follow_job, stop_job
from studio.parts.listing import listing
from studio.parts.page import piece
from studio.parts.several import several

NAME = "words"


def models() -> list[dict[str, Any]]:
    """What the tab offers; the golden text is there before any network is loaded."""
    return [{**facts, "text": first_text(facts["id"])} for facts in listing("text")]


def first_text(name: str) -> dict[str, Any] | None:
    """The golden sample of a model as the page shows texts; None where it has none."""
    card = published_models()[name].card
    if card.folder is None or "file" not in card.golden:
        return None
    path = Path(card.folder) / Path(card.golden["file"]).name
    if path.suffix != ".txt" or not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    return media.show("text", Text(text, (Token(text, 1.0),)))["text"]


def visible() -> bool:
    """Where a model of texts is published."""
    return bool(listing("text"))


def build() -> None:
    """Inside a `gr.Tab`."""
    functions = [live.live, live.download, live.restore, live.begin, live.follow, live.stop]
    functions += [several, alike, follow_job, stop_job]
    piece("writing.js", NAME, functions, catalog={"models": models()})
