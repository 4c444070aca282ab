"""Pictures as PNG, WebP and JPEG, out and in."""

from __future__ import annotations

import base64
import io
import math
import struct
import warnings
import zlib
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from studio.media.errors import MediaError
from studio.media.kept import Kept
from studio.media.readers import WORD_PNG, XMP_PNG, check_size, sniff
from studio.media.statement import Statement
from studio.sentences import shown

FORMS = {"png": "image/png", "webp": "image/webp", "jpeg": "image/jpeg"}
MOST_PIXELS = 40_000_000  # a telephone's largest photograph
SHOWN = 4_000_000  # pixels that the page gets to see
SMALL = 256 * 256  # pixels up to which WebP is written without loss
LONGEST = {"webp": 16383, "jpeg": 65500}  # pixels of a side that the forms can hold
NOTHING = Kept()
COLOURS = {1: 0, 3: 2, 4: 6}  # PNG's colour types by channels


def encode(
    picture: np.ndarray, form: str, statement: Statement, kept: Kept = NOTHING, quality: int = 0
) -> bytes:
    """uint8 (height, width, 1 | 3 | 4) -> bytes of a file, the same ones every time.

    uint16 (height, width, 1) is grey of 16 bits, which only PNG holds.

    `kept` is what the person's own picture brought along. `quality` is 1..100 for JPEG and WebP;
    0: 95 and 92, small WebP without loss.
    """
    deep = picture.dtype == np.uint16 and form == "png"
    image = Image.fromarray(picture[..., 0]) if deep else to_image(picture)
    _check_form(image, form)
    if kept.grey and not deep and form != "webp":
        image = image.convert("LA" if image.mode == "RGBA" and form == "png" else "L")
    same = kept.icc and not (kept.grey and form == "webp")  # a grey profile fits no colours
    facts = {"icc_profile": kept.icc} if same else {}
    facts |= {"exif": kept.exif} if kept.exif else {}
    out = io.BytesIO()
    if form == "png":
        words = PngInfo()
        words.add_itxt(WORD_PNG.decode(), statement.request)
        words.add_itxt("Description", statement.words)
        words.add_itxt("Copyright", statement.terms)
        words.add_itxt(XMP_PNG.decode(), statement.xmp().decode())
        image.save(out, "PNG", pnginfo=words, compress_level=6, **facts)
    elif form == "webp":
        lossless = not quality and image.width * image.height <= SMALL
        facts |= {"lossless": lossless, "quality": quality or 92, "exact": True}
        image.save(out, "WEBP", method=4, xmp=statement.xmp(quality), **facts)
    else:
        if image.mode == "RGBA":  # JPEG knows no transparency: white paper below
            paper = Image.new("RGBA", image.size, "white")
            image = Image.alpha_composite(paper, image).convert("RGB")
        facts |= {"quality": quality or 95, "subsampling": 0}
        image.save(out, "JPEG", xmp=statement.xmp(quality), **facts)
    return out.getvalue()


def _check_form(image: Image.Image, form: str) -> None:
    most = LONGEST.get(form)
    if most and max(image.size) > most:
        raise MediaError(
            f"{form.upper()} holds at most {most} pixels a side, this picture has "
            f"{max(image.size)}: save it as PNG.",
            f"{form.upper()} 每边最多 {most} 像素,而此图片有 {max(image.size)}:请保存为 PNG。",
        )


def show(picture: np.ndarray) -> dict[str, Any]:
    """uint8 (height, width, 1 | 3 | 4) or uint16 grey -> {picture: data URL of a lossless PNG,
    width, height}.

    A picture larger than any screen is shown smaller; `width` and `height` are its own.
    """
    picture = shallow(picture)
    height, width = picture.shape[:2]
    times = math.ceil(math.sqrt(height * width / SHOWN))
    if times > 1:
        picture = np.atleast_3d(np.asarray(to_image(picture).reduce(times)))
    url = "data:image/png;base64," + base64.b64encode(quick_png(picture)).decode("ascii")
    return {"picture": url, "width": width, "height": height}


def quick_png(picture: np.ndarray) -> bytes:
    """A PNG in a third of a library's time: every row as the difference to the one above it."""
    height, width, channels = picture.shape
    rows = np.empty((height, 1 + width * channels), np.uint8)
    flat = picture.reshape(height, width * channels)
    rows[:, 0] = 2  # PNG's filter "up"
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])  # wraps around at 256, as PNG wants
    head = struct.pack(">IIBBBBB", width, height, 8, COLOURS[channels], 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 1)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND")


def _chunk(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def to_image(picture: np.ndarray) -> Image.Image:
    """uint8 (height, width, 1 | 3 | 4) or uint16 grey -> grey, RGB or RGBA."""
    picture = shallow(picture)
    return Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture)


def shallow(picture: np.ndarray) -> np.ndarray:
    """Grey of 16 bits as 8, anything else as it is."""
    return (picture >> 8).astype(np.uint8) if picture.dtype == np.uint16 else picture


def decode(data: bytes, name: str, limit: int, deep: bool = False) -> np.ndarray:
    """A person's picture -> uint8 (height, width, 3 | 4), upright; 4 where it is transparent.

    `deep`: grey of 16 bits stays uint16 (height, width, 1).

    MediaError where it is no picture, cut off, longer than `limit` pixels on a side or too large
    for memory; sizes are read and refused before anything is unpacked.
    """
    check_size(data, name)
    what = shown(name, 80)
    if sniff(data, name) == "json":
        raise MediaError(
            f"{what} is no picture: drop a PNG, JPEG or WebP.",
            f"{what} 不是图片:请拖入 PNG、JPEG 或 WebP。",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF"))
        _check_sides(image, what, limit)
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I"):  # 16-bit grey would be cut off at 255
            tones = np.asarray(image)
            if deep:
                return tones.clip(0, 65535).astype(np.uint16)[..., None]
            image = Image.fromarray((tones >> 8).astype(np.uint8))
        clear = image.has_transparency_data
        return np.asarray(image.convert("RGBA" if clear else "RGB"))
    except MediaError:
        raise
    except Image.DecompressionBombError:
        raise _too_large(what) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error):
        raise MediaError(
            f"{what} is damaged or was cut off: the picture cannot be read.",
            f"{what} 已损坏或不完整:无法读取图片。",
        ) from None


def _check_sides(image: Image.Image, what: str, limit: int) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise _too_large(what)
    if max(image.size) > limit:
        size = f"{image.width} x {image.height}"
        raise MediaError(
            f"{what} has {size} pixels; the longest side may have {limit}: crop or shrink it.",
            f"{what} 为 {size} 像素;最长边最多 {limit}:请裁剪或缩小。",
        )


def _too_large(what: str) -> MediaError:
    return MediaError(
        f"{what} has more than {MOST_PIXELS // 10**6} million pixels: crop or shrink it.",
        f"{what} 超过 {MOST_PIXELS // 10000} 万像素:请裁剪或缩小。",
    )
