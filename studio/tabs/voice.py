"""The Voice tab: drum hits, spoken digits and a person's own sounds, drawn from declarations."""

from __future__ import annotations

from typing import Any

from studio import live
from studio.catalogue import models as published
from studio.parts.aloud import aloud
from studio.parts.bundle import bundle
from studio.parts.jobs import follow_job, stop_job
from studio.parts.listing import listing
from studio.parts.page import piece
from studio.parts.several import several
from studio.parts.wave import first_sound, listed

NAME = "voice"


def models() -> list[dict[str, Any]]:
    """What gives sounds; the drum machine and the phone take the first that can."""
    known = published()
    return [{**m, **listed(known[m["id"]])} for m in listing("sound") if _ours(m["id"])]


def _ours(name: str) -> bool:
    return name.startswith(f"{NAME}/")


def visible() -> bool:
    """Whether anything that gives sounds is published."""
    return any(_ours(name) for name in published())


def build() -> None:
    """Inside a `gr.Tab`."""
    functions = [live.live, live.download, live.restore, live.drop, first_sound]
    functions += [aloud, several, bundle, follow_job, stop_job]
    piece("voice.js", NAME, functions, catalog={"models": models()})
