"""Piano rolls as pictures: time to the right, pitch upwards, one colour a track."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from models.values import Notes

COLOURS = ((22, 112, 96), (196, 92, 40), (64, 84, 176), (150, 60, 130), (110, 110, 40))
PAPER, LINE = (250, 250, 248), (222, 224, 224)
WIDTH, HEIGHT = 320, 120


def roll(notes: Notes, width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """One roll, drums as dots; a line a bar."""
    picture = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(picture)
    total = max(notes.ticks, 1)
    for tick in range(0, total, notes.bar):
        x = tick * width // total
        draw.line([(x, 0), (x, height)], fill=LINE)
    pitches = np.concatenate([t.rows[:, 1] for t in notes.tracks] or [np.zeros(0)])
    low, high = (pitches.min() - 2, pitches.max() + 2) if len(pitches) else (48, 72)
    high = max(high, low + 24)
    tall = max(2, height // int(high - low + 1))
    for track, colour in zip(notes.tracks, COLOURS * 4, strict=False):
        for start, pitch, length, _ in track.rows.tolist():
            x, y = start * width / total, (high - pitch) * (height - tall) / (high - low)
            end = max(x + 2, (start + length) * width / total - 1)
            draw.rectangle([x, y, end, y + tall - 1], fill=colour)
    return picture


def rolls(rows: Sequence[Sequence[Notes]]) -> Image.Image:
    """Rows of rolls on one sheet."""
    columns = max((len(row) for row in rows), default=0)
    sheet = Image.new("RGB", (columns * (WIDTH + 6), len(rows) * (HEIGHT + 6)), (255, 255, 255))
    for y, row in enumerate(rows):
        for x, notes in enumerate(row):
            sheet.paste(roll(notes), (x * (WIDTH + 6), y * (HEIGHT + 6)))
    return sheet
