"""Lab -> Models: every published model of every tab, what it costs, and whether it is loaded."""

from __future__ import annotations

import asyncio
from typing import Any

from studio.catalogue import models, published
from studio.engine import get_engine
from studio.parts.listing import describe

SPARED = ("controls", "first")  # of a description: the shelf has no sliders


async def shelf(data: Any) -> dict[str, Any]:
    """{} -> {models: [{id, domain, title, card, thumb, weak, megabytes, answers, ...}]}"""
    rows = await asyncio.to_thread(lambda: [_spare(m) for m in models().values()])
    loaded = get_engine().status()["models"]
    return {"models": [{**row, **_held(row["id"], loaded)} for row in rows]}


async def warm(data: Any) -> dict[str, Any]:
    """{model} -> {megabytes, answers}: its network is on the device now."""
    name = published(data.get("model")).card.id
    await asyncio.wrap_future(get_engine().warm(name))
    return _held(name, get_engine().status()["models"])


async def unload(data: Any) -> dict[str, Any]:
    """{model} -> {megabytes: None}: forgotten; the next request loads it again."""
    name = published(data.get("model")).card.id
    await asyncio.wrap_future(get_engine().unload(name))
    return _held(name, get_engine().status()["models"])


def _spare(model: Any) -> dict[str, Any]:
    row = {k: v for k, v in describe(model).items() if k not in SPARED}
    weak = any(str(fault).startswith("Weak") for fault in model.card.faults)
    return {**row, "domain": row["id"].split("/")[0], "weak": weak}


def _held(name: str, loaded: dict[str, dict[str, Any]]) -> dict[str, Any]:
    held = loaded.get(name, {})
    return {"megabytes": held.get("mb"), "answers": held.get("answers", 0)}
