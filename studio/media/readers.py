"""Finding the request in a dropped file, without decoding what it shows or trusting its words."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from studio.media.errors import MediaError
from studio.media.gifs import comment
from studio.media.statement import request_in_xmp
from studio.raw import LIMIT, RequestError, parse
from studio.sentences import shown

LARGEST = 64 * 2**20  # bytes of a file
PNG = b"\x89PNG\r\n\x1a\n"
XMP_PNG = b"XML:com.adobe.xmp"
XMP_JPEG = b"http://ns.adobe.com/xap/1.0/\x00"
WORD_PNG = b"request"
SOUNDS = ("wav", "flac", "ogg", "mp3", "aiff")
WORD_TXT = "studio-request: "  # begins the last line of a text of ours
TEXT_LIMIT = 4 * LIMIT  # bytes of one text chunk, unfolded

Raw = dict[str, Any]


def read_request(data: bytes, name: str) -> Raw | None:
    """The raw request that a file carries, None where it carries none.

    Nothing in it is checked: give it to `complete`. MediaError where the file is too large, of a
    kind that is not read here, or cut off.
    """
    check_size(data, name)
    form = sniff(data, name)
    try:
        return FORMATS[form](data)
    except (IndexError, RequestError, UnicodeDecodeError, zlib.error):
        raise MediaError(
            f"{shown(name, 80)} is damaged or was cut off, and its request cannot be read.",
            f"{shown(name, 80)} 已损坏或不完整,无法读取其中的请求。",
        ) from None


def check_size(data: bytes, name: str) -> None:
    """MediaError for an empty or a very large file."""
    if not data:
        raise MediaError(f"{shown(name, 80)} is empty.", f"{shown(name, 80)} 是空文件。")
    if len(data) > LARGEST:
        size, most = len(data) / 2**20, LARGEST // 2**20
        raise MediaError(
            f"{shown(name, 80)} has {size:.0f} MB; a file may have {most} MB.",
            f"{shown(name, 80)} 大小为 {size:.0f} MB;文件最大 {most} MB。",
        )


def sniff(data: bytes, name: str) -> str:
    """png, jpeg, webp, mid, json, txt (of ours) or one of SOUNDS by the bytes, never by name."""
    if data.startswith(PNG):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"MThd"):
        return "mid"
    if data.startswith(b"GIF8"):
        return "gif"
    if sound := _sniff_sound(data):
        return sound
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return "json"
    if WORD_TXT.encode() in data[-4 * LIMIT :]:
        return "txt"
    what = Path(name).suffix.lower() if start.startswith(b"<") else ""
    if start.startswith(b"<") and (b"<svg" in data[:4000] or what == ".svg"):
        raise MediaError(
            f"{shown(name, 80)} is an SVG drawing, which may hold programs: save it as PNG first.",
            f"{shown(name, 80)} 是 SVG 矢量图,可能含有脚本:请先另存为 PNG。",
        )
    raise MediaError(
        f"{shown(name, 80)} is none of the files read here: PNG, JPEG, WebP, GIF, WAV, FLAC, OGG, "
        "MP3, MIDI or JSON.",
        f"{shown(name, 80)} 不是可读取的文件类型"
        "(PNG、JPEG、WebP、GIF、WAV、FLAC、OGG、MP3、MIDI 或 JSON)。",
    )


def _gif(data: bytes) -> Raw | None:
    """Our comment is the statement in words and, on the next line, the request."""
    words = comment(data) or b""
    _, _, text = words.partition(b"\n")
    return parse(text.decode("utf-8"), TEXT_LIMIT) if text.startswith(b"{") else None


def _png(data: bytes) -> Raw | None:
    found = None
    for kind, body in _png_chunks(data):
        if kind != b"iTXt":
            continue
        keyword, _, rest = body.partition(b"\x00")
        if keyword not in (WORD_PNG, XMP_PNG):
            continue
        packed = rest[0] == 1
        text = rest[2:].split(b"\x00", 2)[2]
        if packed:
            text = zlib.decompressobj().decompress(text, TEXT_LIMIT)
        if keyword == WORD_PNG:
            return parse(text.decode("utf-8"))
        found = request_in_xmp(text)
    return found


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while True:
        if at + 12 > len(data):
            raise IndexError("no end")
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind == b"IEND":
            return
        if at + 12 + size > len(data):
            raise IndexError("cut off")
        yield kind, data[at + 8 : at + 8 + size]
        at += 12 + size


def _jpeg(data: bytes) -> Raw | None:
    at = 2
    while data[at] == 0xFF:
        kind = data[at + 1]
        if kind in (0xDA, 0xD9):  # the picture itself begins, or all has ended
            return None
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if size < 2 or at + 2 + size > len(data):
            raise IndexError("cut off")
        body = data[at + 4 : at + 2 + size]
        if kind == 0xE1 and body.startswith(XMP_JPEG):
            return request_in_xmp(body)
        at += 2 + size
    return None


def _webp(data: bytes) -> Raw | None:
    at = 12
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise IndexError("cut off")
        if kind == b"XMP ":
            return request_in_xmp(data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return None


def _json(data: bytes) -> Raw | None:
    """A request itself, or anything of ours that holds one under `request`."""
    if len(data) > 2 * LIMIT:
        return None
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise IndexError("no JSON") from error
    inner = found.get("request") if isinstance(found, dict) else None
    found = inner if isinstance(inner, dict) else found
    return found if isinstance(found, dict) and "model" in found else None


def _sniff_sound(data: bytes) -> str:
    """One of SOUNDS, or nothing."""
    if data[:4] in (b"RIFF", b"RF64", b"RIFX") and data[8:12] == b"WAVE":
        return "wav"
    if data[:4] == b"FORM" and data[8:11] == b"AIF":
        return "aiff"
    if data[:3] == b"ID3" or (data[:1] == b"\xff" and len(data) > 1 and data[1] & 0xE6 == 0xE2):
        return "mp3"  # a tag, or eleven bits of synchronisation and layer III
    return {b"fLaC": "flac", b"OggS": "ogg"}.get(data[:4], "")


def _sound(data: bytes) -> Raw | None:
    """From the comment tag of WAV, FLAC and OGG."""
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            return request_in_xmp(file.comment.encode())
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError) as error:
        raise IndexError("no sound") from error


def _midi(data: bytes) -> Raw | None:
    """From a text event at the very beginning."""
    return request_in_xmp(data[:TEXT_LIMIT])


def _nothing(data: bytes) -> None:
    """A kind of file that never carries a request of ours."""


def _txt(data: bytes) -> Raw | None:
    """The last line of a text that we wrote."""
    _, found, line = data.decode("utf-8-sig").rpartition("\n" + WORD_TXT)
    return parse(line.strip()) if found else None


FORMATS: dict[str, Callable[[bytes], Raw | None]] = {
    "png": _png,
    "jpeg": _jpeg,
    "webp": _webp,
    "json": _json,
    "wav": _sound,
    "flac": _sound,
    "ogg": _sound,
    "mid": _midi,
    "mp3": _nothing,
    "aiff": _nothing,
    "txt": _txt,
    "gif": _gif,
}
