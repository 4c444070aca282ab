"""Lab -> Status: device, memory, versions and what is loaded, as rows."""

from __future__ import annotations

import platform
import sys
import time
from importlib.metadata import version
from typing import Any

from studio.catalogue import models
from studio.engine import get_engine

STARTED = time.monotonic()


async def status(data: Any) -> dict[str, Any]:
    """{facts: [[key, value]...], models: [{title, megabytes or None}...]}"""
    engine = get_engine().status()
    return {"facts": facts(engine), "models": rows(engine)}


def facts(engine: dict[str, Any]) -> list[list[Any]]:
    """Key (a phrase of the page) and value, in the order of the page."""
    known = [
        ["device", engine["device"]],
        ["memory_used", f"{process_megabytes():.0f} MB"],
        ["weights", engine.get("weights_mb") and f"{engine['weights_mb']} MB"],
        ["limit", engine.get("limit_mb") and f"{engine['limit_mb']} MB"],
        ["answered", engine["live"]],
        ["live_ms", engine["live_ms"] and f"{engine['live_ms']} ms"],
        ["runs", engine["runs_done"]],
        ["waiting", engine["runs"]],
        ["errors", engine["errors"]],
        ["uptime", clock(time.monotonic() - STARTED)],
        ["python", platform.python_version()],
        ["gradio", version("gradio")],
        ["torch", version("torch")],
        ["system", f"{platform.system()} {platform.machine()}"],
    ]
    return [[key, value] for key, value in known if value is not None]


def rows(engine: dict[str, Any]) -> list[dict[str, Any]]:
    """Every published model, and whether it is on the device now."""
    loaded = engine["models"]
    return [
        {"title": model.card.title._asdict(), "megabytes": loaded.get(name, {}).get("mb")}
        for name, model in models().items()
    ]


def clock(seconds: float) -> str:
    """hours:minutes:seconds"""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def process_megabytes() -> float:
    """The most memory that this process has held, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
