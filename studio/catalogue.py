"""The published models as the studio uses them, looked up again at most once a second.

A slider asks for its model hundreds of times a minute: the folder is not walked every time.
"""

from __future__ import annotations

import difflib
import logging
import os
import time
from dataclasses import dataclass
from typing import Any

from models.family import Card, Control, Family
from models.registry import cards, controls_of, families
from studio.rules import Controls
from studio.sentences import PersonError, shown

log = logging.getLogger(__name__)

FRESH = 1.0  # seconds for which a look at the folders holds


@dataclass(frozen=True, eq=False)
class Published:
    """A card with all that follows from it."""

    card: Card
    family: Family
    config: Any
    controls: tuple[Control, ...]
    rules: Controls


_models: dict[str, Published] = {}
_seen: tuple[str, float] = ("", 0.0)


def models() -> dict[str, Published]:
    """Every published model by id, in the registry's order, save cards that fit no family."""
    where = os.environ.get("STUDIO_MODELS", "")
    if _seen[0] == where and time.monotonic() - _seen[1] < FRESH and _models:
        return _models
    return look()


def look() -> dict[str, Published]:
    """The same, looked up now: whoever has just published finds it at the page's next reload."""
    global _models, _seen
    where, known, found = os.environ.get("STUDIO_MODELS", ""), _models, families()
    made: dict[str, Published] = {}  # other threads go on reading the old one
    for name, card in cards().items():
        if name in known and known[name].card is card:
            made[name] = known[name]
        elif card.family in found and (model := _publish(card, found[card.family])):
            made[name] = model
    _models, _seen = made, (where, time.monotonic())
    return made


def _publish(card: Card, family: Family) -> Published | None:
    """None where the card does not fit its family: one bad card shall not hide the others."""
    try:
        controls = controls_of(card)
        return Published(card, family, family.config(card.config), controls, Controls(controls))
    except (KeyError, TypeError, ValueError) as error:
        log.error("%s is left out: its card does not fit its family (%s)", card.id, error)
        return None


def published(name: Any) -> Published:
    """One model by id. PersonError names the closest one where there is none."""
    if isinstance(name, str):
        found = models().get(name) or look().get(name)
        if found:
            return found
    known = list(models())
    if not known:
        raise PersonError("No model is published yet.", "还没有发布任何模型。")
    if not isinstance(name, str):
        raise PersonError(
            f"A request names its model, such as {known[0]}, not {shown(name)}.",
            f"请求必须写明模型,例如 {known[0]},而不是 {shown(name)}。",
        )
    close = difflib.get_close_matches(name[:200], known, n=1, cutoff=0.0)[0]
    raise PersonError(
        f"There is no model {shown(name)}; the closest is {close}.",
        f"没有名为 {shown(name)} 的模型;最接近的是 {close}。",
    )
