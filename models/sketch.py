"""A result of any kind as something small to look at: pictures as they are, sounds and notes drawn,
texts as their first words. For sheets and for the comparison of families."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
from PIL import Image

from models.values import Notes, Sound, Text

WIDE, HIGH = 96, 64  # pixels of what is drawn
INK, PAPER = (22, 107, 96), (246, 247, 247)
LETTERS = 140  # of a text


def sketch(value: Any) -> str:
    """A data URL (WebP), or for a text its beginning.

    Pictures: tensor (channels, height, width) in -1..1, or uint8 (height, width, channels).
    """
    if isinstance(value, Text):
        short = value.text[:LETTERS].strip()
        return f"{short}…" if len(value.text) > LETTERS else short
    if isinstance(value, Sound):
        return data_url(drawn(envelope(value.samples)))
    if isinstance(value, Notes):
        return data_url(drawn(roll(value)))
    if isinstance(value, np.ndarray):
        return data_url(value)
    from models.answer import to_picture

    return data_url(to_picture(value))


def envelope(samples: np.ndarray) -> np.ndarray:
    """bool (HIGH, WIDE): how loud each part of a sound is, around the middle line."""
    parts = np.array_split(np.abs(np.asarray(samples, np.float32)), WIDE)
    loud = np.array([part.max() if len(part) else 0.0 for part in parts])
    away = np.abs(np.arange(HIGH) - (HIGH - 1) / 2)[:, None]
    return away <= np.maximum(loud / max(float(loud.max()), 1e-6) * (HIGH / 2 - 2), 0.5)


def roll(notes: Notes) -> np.ndarray:
    """bool (HIGH, WIDE): time to the right, pitch upwards, between the lowest and highest note."""
    rows = np.concatenate([track.rows for track in notes.tracks] or [np.zeros((0, 4), np.int32)])
    found = np.zeros((HIGH, WIDE), bool)
    if not len(rows):
        return found
    low, high = rows[:, 1].min() - 1, rows[:, 1].max() + 1
    for start, pitch, length, _ in rows:
        left = int(start / max(notes.ticks, 1) * WIDE)
        right = max(left + 1, int((start + length) / max(notes.ticks, 1) * WIDE))
        top = round((high - pitch) / (high - low) * (HIGH - 2))
        found[top : top + 2, left:right] = True
    return found


def drawn(ink: np.ndarray) -> np.ndarray:
    """bool (height, width) -> uint8 (height, width, 3)"""
    return np.where(ink[..., None], np.uint8(INK), np.uint8(PAPER))


def data_url(picture: np.ndarray) -> str:
    """(height, width, 1 | 3 | 4) uint8 -> data:image/webp;base64,..."""
    buffer = io.BytesIO()
    image = Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture)
    image.save(buffer, "WEBP", quality=85, method=6)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
