"""An instrument as one sound file that the page plays from: a note every few semitones.

The page then plays any notes by itself, at once and without a call: what it hears is the same
General MIDI font that WAV and OGG downloads are rendered with.
"""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from typing import Any

import numpy as np

from models.values import DRUMS, TICKS, Notes, Track
from studio.media.notes import MOST_PROGRAM, RATE, render

APART = 4  # semitones from sample to sample: a shift of two is not heard as one
LOWEST, HIGHEST = 28, 100
HELD, ROOM = 2.4, 2.8  # seconds that a sample is held, and that it has
HIT = 1.2  # seconds of a drum
LOUDNESS = 100
COARSER = 2  # the page's samples have half the rate: 22 kHz, half the bytes


def instrument(program: int | None, form: str) -> dict[str, Any]:
    """{mime, data, spots}: `spots` are (pitch, start, length) in seconds; None is the drum kit."""
    data, spots = _sprite(program, form)
    mime = {"ogg": "audio/ogg", "wav": "audio/wav"}[form]
    return {"mime": mime, "data": data, "spots": spots}


@lru_cache(maxsize=2 * (MOST_PROGRAM + 2))
def _sprite(program: int | None, form: str) -> tuple[str, list[list[float]]]:
    import soundfile

    drums = program is None
    pitches = DRUMS if drums else range(LOWEST, HIGHEST + 1, APART)
    room, held = (HIT, 0.3) if drums else (ROOM, HELD)
    second = 2 * TICKS  # at 120 quarter notes a minute
    rows = [
        [round(i * room * second), p, round(held * second), LOUDNESS] for i, p in enumerate(pitches)
    ]
    track = Track("", np.array(rows, np.int32), program or 0, drums)
    sound = render(Notes((track,), 120, round(len(rows) * room * second))).mean(1)
    sound = sound[: len(sound) // COARSER * COARSER].reshape(-1, COARSER).mean(1)
    out = io.BytesIO()
    rate = RATE // COARSER
    kind = {"ogg": ("OGG", "VORBIS"), "wav": ("WAV", "PCM_16")}[form]
    with soundfile.SoundFile(out, "w", rate, 1, kind[1], format=kind[0]) as file:
        for begin in range(0, len(sound), rate):  # longer blocks overflow the encoder's stack
            file.write(sound[begin : begin + rate])
    spots = [[float(p), i * room, room] for i, p in enumerate(pitches)]
    return base64.b64encode(out.getvalue()).decode(), spots
