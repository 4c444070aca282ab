"""What the Music tab calls besides the live channel: instruments to play with, and what a
person's MIDI file holds."""

from __future__ import annotations

import asyncio
from typing import Any

from models.parts import four_voices, melody
from models.values import Notes
from studio import media
from studio.dropped import DROPPED
from studio.media.instruments import instrument
from studio.media.notes import MOST_PROGRAM
from studio.sentences import PersonError, shown

LONGEST = 600  # seconds of a file that are looked at


async def sampler(data: dict[str, Any]) -> dict[str, Any]:
    """{program: 0..127 or "drums", form: "ogg" | "wav"} -> {mime, data, spots}"""
    program, form = data.get("program"), data.get("form")
    drums = program == "drums"
    known = drums or (type(program) is int and 0 <= program <= MOST_PROGRAM)
    if not known or form not in ("ogg", "wav"):
        raise PersonError(
            f"An instrument is 0 to {MOST_PROGRAM} or drums, as ogg or wav, not "
            f"{shown(program)} as {shown(form)}.",
            f"乐器应为 0 到 {MOST_PROGRAM} 或 drums,格式为 ogg 或 wav,"
            f"而不是 {shown(program)}、{shown(form)}。",
        )
    return await asyncio.to_thread(instrument, None if drums else program, form)


async def look(data: dict[str, Any]) -> dict[str, Any]:
    """{file, client} of a dropped MIDI -> {bars, tempo, tracks, melody, voices, drums}."""
    file = data.get("file")
    name, digest = (file.get(k) if isinstance(file, dict) else None for k in ("name", "sha256"))
    content = DROPPED.files_of(data.get("client")).get(digest) if isinstance(digest, str) else None
    if content is None:
        raise PersonError(
            "This file is no longer here: drop it again.", "该文件已不在:请重新拖入。"
        )
    notes = await asyncio.to_thread(media.decode, content, str(name), "notes", LONGEST)
    return told(notes)


def told(notes: Notes) -> dict[str, Any]:
    """What a person's notes hold, for a sentence on the page."""
    tune = melody(notes)
    return {
        "bars": notes.ticks // notes.bar,
        "tempo": round(notes.tempo),
        "tracks": len(notes.tracks),
        "melody": 0 if tune is None else len(tune),
        "voices": len(four_voices(notes)),
        "drums": sum(len(t.rows) for t in notes.tracks if t.drums),
    }
