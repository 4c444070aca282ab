"""Notes as MIDI, as sound through the General MIDI font that pretty_midi ships, and as stems."""

from __future__ import annotations

import importlib.util
import io
import threading
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from models.values import TICKS, Notes, Sound, Track
from studio.media import sounds
from studio.media.errors import MediaError
from studio.media.readers import SOUNDS, check_size, sniff
from studio.media.statement import Statement
from studio.sentences import shown

FORMS = {
    "mid": "audio/midi",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "zip": "application/zip",
}
RATE = 44100
GAIN = 2.0  # the font is quiet: one loud piano note reaches a sixth of full scale
TAIL = 1.0  # seconds that the last notes ring on
MOST_NOTES = 100_000
LONGEST = 3600.0  # seconds that are rendered at the most
MOST_PROGRAM = 127
LATE = TICKS // 4
DAY = (2024, 1, 1, 0, 0, 0)  # every file of a zip, so that its bytes repeat
_one_at_a_time = threading.Lock()


def encode(notes: Notes, form: str, statement: Statement) -> bytes:
    """Notes -> bytes of a file, the same ones every time. `zip`: the MIDI and one WAV a track."""
    if form == "mid":
        return to_midi(notes, statement)
    if form == "zip":
        return _stems(notes, statement)
    return sounds.encode(Sound(render(notes), RATE), form, statement)


def show(notes: Notes) -> dict[str, Any]:
    """Notes as JSON data for the page: rows flat, four numbers a note (see Track)."""
    tracks = [
        {"name": t.name, "program": t.program, "drums": t.drums, "rows": t.rows.ravel().tolist()}
        for t in notes.tracks
    ]
    facts = {"tempo": notes.tempo, "ticks": notes.ticks, "bar": notes.bar}
    return {"notes": {**facts, "tracks": tracks}}


def decode(data: bytes, name: str, limit: int) -> Notes:
    """A person's MIDI file -> Notes of its first `limit` seconds, 480 ticks a quarter note.

    MediaError (one sentence) where it is no MIDI, damaged, without notes or with too many.
    """
    check_size(data, name)
    what = shown(name, 80)
    if not data.startswith(b"MThd"):
        form = _sniffed(data, name)
        known = f" It holds {form.upper()} sound." if form in SOUNDS else ""
        known_zh = f"它是 {form.upper()} 声音。" if known else ""
        raise MediaError(f"{what} is no MIDI file.{known}", f"{what} 不是 MIDI 文件。{known_zh}")
    from symusic import Score

    try:
        score = Score.from_midi(_whole(data)).resample(TICKS, 1)
    except Exception:  # the library raises what it likes for a damaged file
        raise MediaError(
            f"{what} is damaged or was cut off: its notes cannot be read.",
            f"{what} 已损坏或不完整:无法读取音符。",
        ) from None
    count = score.note_num()
    if not 0 < count <= MOST_NOTES:
        raise MediaError(
            f"{what} has {count:,} notes; 1 to {MOST_NOTES:,} can be used.",
            f"{what} 有 {count:,} 个音符;可使用 1 到 {MOST_NOTES:,} 个。",
        )
    return _notes(score, limit)


def _whole(data: bytes) -> bytes:
    """A file whose chunks are all there, as many as its head says; ValueError where one is cut off.

    The library reads on behind the end of such a file: what it finds there differs from run to run.
    """
    end, tracks = 0, 0
    while end + 8 <= len(data):
        tracks += data[end : end + 4] == b"MTrk"
        end += 8 + int.from_bytes(data[end + 4 : end + 8], "big")
    if end > len(data) or end < 14 or not 0 < tracks < 2**16:
        raise ValueError("a chunk is cut off")
    return data[:10] + tracks.to_bytes(2, "big") + data[12:end]


def _sniffed(data: bytes, name: str) -> str:
    try:
        return sniff(data, name)
    except MediaError:
        return ""


def _notes(score: Any, limit: int) -> Notes:
    tempo = float(score.tempos[0].qpm) if len(score.tempos) else 120.0
    tempo = min(max(tempo, 20.0), 400.0)
    bar = 4 * TICKS
    if len(score.time_signatures):
        first = score.time_signatures[0]
        bar = max(TICKS, 4 * TICKS * first.numerator // max(first.denominator, 1))
    last = int(limit * tempo / 60 * TICKS)
    tracks = []
    for track in score.tracks:
        columns = track.notes.numpy()
        rows = np.stack(
            [columns[k].astype(np.int32) for k in ("time", "pitch", "duration", "velocity")], 1
        )
        rows = rows[(rows[:, 0] >= 0) & (rows[:, 0] < last)]
        rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
        if len(rows):
            tracks.append(Track(_plain(track.name), rows, int(track.program), track.is_drum))
    ends = [int((t.rows[:, 0] + t.rows[:, 2]).max()) for t in tracks]
    last = max(ends, default=bar) - LATE  # a hand that lingers does not open another bar
    return Notes(tuple(tracks), tempo, max(-(-last // bar), 1) * bar, bar)


def _plain(name: str) -> str:
    return "".join(c for c in str(name) if c.isprintable())[:40]


def to_midi(notes: Notes, statement: Statement | None = None) -> bytes:
    """A MIDI file of format 1; the statement stands in a text event at its very beginning."""
    data = bytes(_score(notes).dumps_midi())
    if statement is None:
        return data
    text = f"{statement.words} {sounds.tag(statement.request)}".encode()
    event = b"\x00\xff\x01" + _varying(len(text)) + text
    at = data.index(b"MTrk") + 4
    size = int.from_bytes(data[at : at + 4], "big") + len(event)
    return data[:at] + size.to_bytes(4, "big") + event + data[at + 4 :]


def _varying(number: int) -> bytes:
    """MIDI's numbers of varying length: seven bits a byte."""
    found = [number & 127]
    while number := number >> 7:
        found.append(number & 127 | 128)
    return bytes(reversed(found))


def _score(notes: Notes) -> Any:
    from symusic import Note, Score, Tempo, TimeSignature
    from symusic import Track as Part

    score = Score(TICKS)
    score.tempos.append(Tempo(0, notes.tempo))
    score.time_signatures.append(TimeSignature(0, max(1, notes.bar * 4 // (4 * TICKS)), 4))
    for track in notes.tracks:
        part = Part(track.name, track.program, track.drums)
        columns = (np.ascontiguousarray(track.rows[:, k], np.int32) for k in (0, 2))
        small = (np.ascontiguousarray(track.rows[:, k], np.int8) for k in (1, 3))
        part.notes = Note.from_numpy(*columns, *small)
        score.tracks.append(part)
    return score


def render(notes: Notes) -> np.ndarray:
    """Notes -> two channels of sound, float32 (n, 2) at RATE, as loud whatever is muted."""
    if notes.seconds > LONGEST:
        minutes = LONGEST / 60
        raise MediaError(
            f"At most {minutes:.0f} minutes are rendered.", f"最多渲染 {minutes:.0f} 分钟。"
        )
    from symusic import Note
    from symusic import Track as Part

    score = _score(notes)
    tail = Part("", 0, False)  # a note that nobody hears holds the door open for the last sounds
    length = notes.ticks + int(TAIL * notes.tempo / 60 * TICKS)
    tail.notes.append(Note(0, length, 0, 1))
    score.tracks.append(tail)
    with _one_at_a_time:
        made = np.asarray(_synthesizer().render(score, stereo=True)).T * GAIN
    peak = float(np.abs(made).max(initial=0.0))
    return made / max(peak / 0.98, 1.0)


@lru_cache(maxsize=1)
def _synthesizer() -> Any:
    from symusic import Synthesizer

    return Synthesizer(str(font()), RATE)


def font() -> Path:
    """The General MIDI sound font inside the pretty_midi package, which is not imported."""
    found = importlib.util.find_spec("pretty_midi")
    if found is None or found.origin is None:
        raise MediaError(
            "Sound needs the package pretty_midi: pip install -r requirements.txt.",
            "声音需要 pretty_midi 软件包:pip install -r requirements.txt。",
        )
    return Path(found.origin).parent / "TimGM6mb.sf2"


def _stems(notes: Notes, statement: Statement) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _put(archive, "all.mid", to_midi(notes, statement))
        for i, track in enumerate(notes.tracks, 1):
            alone = Notes((track,), notes.tempo, notes.ticks, notes.bar)
            name = "".join(c for c in track.name if c.isalnum() or c in " -_") or "track"
            stem = sounds.encode(Sound(render(alone), RATE), "wav", statement)
            _put(archive, f"{i}-{name}.wav", stem)
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    facts = zipfile.ZipInfo(name, DAY)
    facts.external_attr = 0o644 << 16
    archive.writestr(facts, data, zipfile.ZIP_STORED)
