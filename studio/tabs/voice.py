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
from studio.parts.wave import first_sound

NAME = "voice"


def models() -> list[dict[str, Any]]:
    """What gives sounds, weak ones last, since the drum machine and the phone take the first.

    `first` is the golden sound, so that it plays before a model is loaded.
    """
    known = published()
    ours = [m["id"] for m in listing("sound") if _ours(m["id"])]
    ours.sort(key=lambda name: any(f.startswith("Weak") for f in known[name].card.faults))
    described = {m["id"]: m for m in listing("sound")}
    return [{**described[name], **first_sound(known[name])} for name in ours]


def _ours(name: str) -> bool:
    return name.startswith(f"{NAME}/")


def visible() -> bool:
    """Whether anything that gives sounds is published."""
    return any(_ours(name) for name in published())


def build() -> None:
    """Inside a `gr.Tab`."""
    functions = [live.live, live.download, live.restore, live.drop]
    functions += [aloud, several, bundle, follow_job, stop_job]
    piece("voice.js", NAME, functions, catalog={"models": models()})
