"""Lab -> Compare: what `python -m models.compare` wrote, with words for measures."""

from __future__ import annotations

import asyncio
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.metrics.names import in_words
from models.registry import cards, roots
from studio.parts.listing import in_both

COMMAND = "python -m models.compare"


async def comparison(data: Any) -> dict[str, Any]:
    """{data: name or nothing} -> {sets: [{name, title, models}], chosen, seeds, groups, entries}.

    Where nothing was compared yet: {sets: [], command}.
    """
    return await asyncio.to_thread(_comparison, data.get("data"))


def _comparison(wanted: Any) -> dict[str, Any]:
    found = _read()
    if not found or not found["data"]:
        return {"sets": [], "command": COMMAND}
    titles = {card.data["name"]: card.data.get("title") for card in cards().values()}
    sets = [
        {"name": name, "title": titles.get(name) or name, "models": len(entries)}
        for name, entries in found["data"].items()
    ]
    sets.sort(key=lambda one: -one["models"])  # the widest comparison first
    chosen = wanted if isinstance(wanted, str) and wanted in found["data"] else sets[0]["name"]
    return {
        "sets": sets,
        "chosen": chosen,
        "seeds": found["seeds"],
        "groups": found["groups"],
        "entries": [_entry(entry) for entry in found["data"][chosen]],
        "command": COMMAND,
    }


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    weak = any(str(fault).startswith("Weak") for fault in entry["faults"])
    told = {key: [in_both(line) for line in entry[key]] for key in ("faults", "difficulty")}
    return {**entry, **told, "measures": list(map(in_words, entry["measures"])), "weak": weak}


def _read() -> dict[str, Any] | None:
    """The newest root's file; None where there is none or it cannot be read."""
    for root in reversed(roots()):
        path = root / "published" / "compare.json"
        if path.is_file():
            return _load(path, path.stat().st_mtime_ns)
    return None


@lru_cache(maxsize=2)
def _load(path: Path, changed: int) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if {"seeds", "groups", "data"} <= set(found) else None
    except (OSError, ValueError, TypeError):
        return None
