"""A sound as a small drawing: what stands for a model before anything is computed."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import numpy as np

from models.values import Sound
from studio.catalogue import Published, published
from studio.live import answering
from studio.media import sounds
from studio.sentences import PersonError

BARS = 32
SIDE = 96  # units of the drawing


def listed(model: Published) -> dict[str, Any]:
    """Whether there is a golden sample, `first`, and its drawing; {} where there is none. The
    sounds themselves would be half of the page."""
    path = _golden(model)
    return {"first": True, "thumb": drawing(_read(path)[0])} if path else {}


@answering
async def first_sound(data: dict[str, Any]) -> dict[str, Any]:
    """{model} -> {sound, rate, seconds} of the golden sample: heard before a model is loaded."""
    path = _golden(published(data.get("model")))
    if path is None:
        raise PersonError("This model has no first sound.", "该模型没有示例声音。")
    return await asyncio.to_thread(lambda: sounds.show(Sound(*_read(path))))


def _golden(model: Published) -> Path | None:
    """Where the golden sample lies, if it is a sound."""
    card = model.card
    if card.folder is None or not str(card.golden.get("file", "")).endswith(".wav"):
        return None
    path = Path(card.folder) / Path(card.golden["file"]).name
    return path if path.is_file() else None


def _read(path: Path) -> tuple[np.ndarray, int]:
    import soundfile

    return soundfile.read(path, dtype="float32")


def drawing(samples: np.ndarray) -> str:
    """(n,) -> data URL of an SVG: the peaks of the audible part as bars."""
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    heard = samples[: int(loud[-1]) + 1] if len(loud) else samples
    parts = np.array_split(np.abs(heard), BARS)
    peaks = [float(p.max()) if len(p) else 0.0 for p in parts]
    step = SIDE / BARS
    lines = []
    for i, peak in enumerate(peaks):
        high = max(2.0, peak * (SIDE - 24))
        x, y = (i + 0.2) * step, (SIDE - high) / 2
        lines.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{0.6 * step:.1f}" height="{high:.1f}"/>'
        )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" fill="#1d8a78">'
        f"{''.join(lines)}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
