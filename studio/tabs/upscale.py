"""The Upscale tab: a person's picture, larger, beside what it was."""

from __future__ import annotations

from typing import Any

from studio import live
from studio.catalogue import Published
from studio.catalogue import models as published
from studio.parts import enlarging, examples
from studio.parts.listing import describe, takers
from studio.parts.page import piece

NAME = "upscale"
FIRST = ("U2", "U4", "U3", "U1")  # rows of the plan: what most people want comes first


def models() -> list[dict[str, Any]]:
    """What enlarges pictures, the best faithful network first; `scale` is how many times."""
    ours = [m for m in published().values() if m.family.id.startswith(f"{NAME}/")]
    ours.sort(key=_place)
    return [facts(m) for m in ours]


def facts(model: Published) -> dict[str, Any]:
    """One model as the tab needs it: its large sample is never shown, and would weigh a lot."""
    told = {**describe(model), "first": None, "thumb": None}
    fixed = model.family.tiling(model.config, None) is None
    return {**told, "scale": model.config.scale, "any": fixed}


def _place(model: Published) -> tuple[int, int, int]:
    """Kinds in the order of FIRST; of one kind, what enlarges most and then what is largest."""
    row = model.family.row
    kind = FIRST.index(row) if row in FIRST else len(FIRST)
    return kind, -model.config.scale, -int(model.card.cost.get("parameters", 0))


def visible() -> bool:
    """Once something besides plain interpolation is published."""
    return any(not m["any"] for m in models())


def build() -> None:
    """Inside a `gr.Tab`."""
    functions = [
        *(live.live, live.drop, live.begin, live.follow, live.stop),
        *(live.download, live.restore, enlarging.plan, enlarging.look, examples.example),
    ]
    catalog = {"models": models(), "example": examples.small(), "sends": takers("picture", NAME)}
    piece("upscale.js", NAME, functions, catalog=catalog)
