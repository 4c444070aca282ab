"""The Pictures tab: one page of our own, drawn from the models' declarations."""

from __future__ import annotations

from typing import Any

from studio import live
from studio.media import films
from studio.parts.between import between
from studio.parts.bundle import bundle
from studio.parts.film import film
from studio.parts.jobs import follow_job, stop_job
from studio.parts.listing import listing, takers
from studio.parts.page import piece
from studio.parts.seeking import seek, sought
from studio.parts.several import several
from studio.parts.sheet import sheet

NAME = "pictures"


def models() -> list[dict[str, Any]]:
    """What the tab offers, the first one first."""
    return listing("picture")


def visible() -> bool:
    """Always: the first tab says what is missing where nothing is published."""
    return True


def build() -> None:
    """Inside a `gr.Tab`: everything that gives pictures from seeds and controls."""
    functions = [live.live, live.download, live.restore, live.drop, live.stop]
    functions += [several, between, bundle, film, sheet, seek, sought, follow_job, stop_job]
    catalog = {"models": models(), "films": films.forms(), "sends": takers("picture", NAME)}
    piece("pictures.js", NAME, functions, catalog=catalog)
