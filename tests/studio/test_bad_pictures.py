"""Thirty kinds of bad pictures: one clear sentence, or it works; and the next request works."""

from __future__ import annotations

import asyncio
import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from studio import live, media
from studio.dropped import Dropped
from studio.media.errors import MediaError
from studio.media.readers import LARGEST

LIMIT = 4096  # the longest side that a declaration allows


def picture(mode: str = "RGB", size: tuple[int, int] = (48, 40)) -> Image.Image:
    rng = np.random.RandomState(5)
    drawn = Image.fromarray(rng.randint(0, 255, (size[1], size[0], 3), dtype=np.uint8))
    return drawn.convert(mode)


def saved(image: Image.Image, form: str, **facts) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **facts)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, rows: bytes, depth: int = 8, colour: int = 2) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def exif(orientation: int) -> bytes:
    facts = Image.Exif()
    facts[0x0112] = orientation
    return saved(picture(), "JPEG", exif=facts)


def animated(form: str) -> bytes:
    frames = [picture(size=(32, 32 + 0 * i)).rotate(90 * i) for i in range(3)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=80)


def sixteen_bit() -> bytes:
    return saved(Image.fromarray((np.arange(1600).reshape(40, 40) * 40).astype(np.uint16)), "PNG")


PNG, JPEG = saved(picture(), "PNG"), saved(picture(), "JPEG")
ROW = b"\0" + bytes(3 * 8)

# Name, bytes, and whether it can be used.
GOOD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "one pixel": ("a.png", lambda: saved(picture(size=(1, 1)), "PNG")),
    "one row": ("a.png", lambda: saved(picture(size=(300, 1)), "PNG")),
    "CMYK": ("a.jpg", lambda: saved(picture("CMYK"), "JPEG")),
    "16 bit": ("a.png", sixteen_bit),
    "palette": ("a.png", lambda: saved(picture("P"), "PNG")),
    "palette with a clear colour": ("a.png", lambda: saved(picture("P"), "PNG", transparency=3)),
    "grey": ("a.png", lambda: saved(picture("L"), "PNG")),
    "grey with alpha": ("a.png", lambda: saved(picture("LA"), "PNG")),
    "black and white": ("a.png", lambda: saved(picture("1"), "PNG")),
    "transparent": ("a.png", lambda: saved(picture("RGBA"), "PNG")),
    "animated WebP": ("a.webp", lambda: animated("WEBP")),
    "animated PNG": ("a.png", lambda: animated("PNG")),
    "turned by EXIF": ("a.jpg", lambda: exif(6)),
    "EXIF with nonsense": ("a.jpg", lambda: exif(77)),
    "progressive JPEG": ("a.jpg", lambda: saved(picture(), "JPEG", progressive=True)),
    "PNG named .jpg": ("a.jpg", lambda: PNG),
    "JPEG named .txt": ("a.txt", lambda: JPEG),
    "something after the end": ("a.png", lambda: PNG + b"<?php 1 ?>" * 9),
    "a name of folders": ("../../etc/passwd\0.png", lambda: PNG),
    "GIF": ("a.gif", lambda: saved(picture("P"), "GIF")),
}
BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "0 bytes": ("a.png", lambda: b""),
    "text named .png": ("a.png", lambda: b"hello there, I am a picture"),
    "JSON named .png": ("a.png", lambda: b'{"model": "x"}'),
    "20,000 x 20,000": ("a.png", lambda: png_of(20_000, 20_000, zlib.compress(ROW))),
    "longer than the limit": ("a.png", lambda: saved(picture(size=(LIMIT + 1, 2)), "PNG")),
    "a bomb": ("a.png", lambda: png_of(60_000, 60_000, zlib.compress(bytes(5 * 10**6)))),
    "no width": ("a.png", lambda: png_of(0, 8, zlib.compress(ROW))),
    "truncated JPEG": ("a.jpg", lambda: JPEG[: len(JPEG) // 2]),
    "truncated PNG": ("a.png", lambda: PNG[: len(PNG) // 2]),
    "a PNG's head alone": ("a.png", lambda: PNG[:8]),
    "a PNG with broken rows": ("a.png", lambda: png_of(8, 8, b"not deflated")),
    "SVG": ("a.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    "SVG named .png": ("a.png", lambda: b"<?xml version='1.0'?><svg></svg>"),
    "TIFF": ("a.tif", lambda: saved(picture(), "TIFF")),
    "PDF": ("a.pdf", lambda: b"%PDF-1.4\n1 0 obj"),
    "a program": ("a.png", lambda: b"\x7fELF" + bytes(200)),
    "HTML named .jpg": ("a.jpg", lambda: b"<!doctype html><script>1</script>"),
    "an archive": ("a.png", lambda: b"PK\x03\x04" + bytes(100)),
    "200 MB": ("a.png", lambda: PNG + bytes(LARGEST)),  # 64 MB are refused as 200 would be
}


@pytest.mark.parametrize("kind", GOOD)
def test_odd_pictures_work(kind: str) -> None:
    name, make = GOOD[kind]
    pixels = media.decode(make(), name, "picture", LIMIT)
    assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] in (3, 4)
    if kind == "turned by EXIF":
        assert pixels.shape[:2] == (48, 40), "upright"
    if kind == "16 bit":
        assert pixels.max() > 200 > pixels.min(), "the whole range"


@pytest.mark.parametrize("kind", BAD)
def test_bad_pictures_are_one_sentence_and_the_next_one_works(kind: str) -> None:
    name, make = BAD[kind]
    with pytest.raises(MediaError) as refused:
        media.decode(make(), name, "picture", LIMIT)
    for words, end in ((str(refused.value), "."), (refused.value.zh, "。")):
        assert words.endswith(end) and words.count(end + " ") == 0 and "\n" not in words
        assert "Error" not in words and "Traceback" not in words
    assert media.decode(PNG, "good.png", "picture", LIMIT).shape == (40, 48, 3)


def test_there_are_thirty_kinds() -> None:
    assert len(GOOD) + len(BAD) >= 30


@pytest.mark.parametrize("kind", BAD)
def test_dropping_them_never_fails_without_words(kind: str) -> None:
    """What the page calls: data with both languages, or the file by its hash."""
    name, make = BAD[kind]

    class Form:
        files = ((name, make()),)
        data = {"client": "0123456789abcdef"}  # noqa: RUF012

    for call in (live.drop, live.info):
        answer = asyncio.run(call(Form()))
        told = answer.get("error")
        assert told is None or (told["en"].endswith(".") and told["zh"].endswith("。"))


def test_files_are_gone_after_silence(monkeypatch) -> None:
    from studio import dropped

    held = Dropped()
    kept = held.keep("0123456789abcdef", "a.png", PNG)
    assert kept["sha256"] in held.files_of("0123456789abcdef")
    assert not held.files_of("another-tab-0123"), "nobody else's"
    monkeypatch.setattr(dropped, "SILENCE", -1.0)
    held.keep("fedcba9876543210", "b.png", JPEG)
    assert not held.files_of("0123456789abcdef")
