"""A sound as a small drawing: what stands for a model before anything is computed."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np

from models.values import Sound
from studio.catalogue import Published
from studio.media import sounds

BARS = 32
SIDE = 96  # units of the drawing


def first_sound(model: Published) -> dict[str, Any]:
    """The golden sample as the page plays and shows it; {} where there is none."""
    card = model.card
    if card.folder is None or not str(card.golden.get("file", "")).endswith(".wav"):
        return {}
    path = Path(card.folder) / Path(card.golden["file"]).name
    if not path.is_file():
        return {}
    import soundfile

    samples, rate = soundfile.read(path, dtype="float32")
    return {"first": sounds.show(Sound(samples, rate)), "thumb": drawing(samples)}


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
