"""Moving pictures: animated WebP and GIF, and MP4 where ffmpeg is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence

import numpy as np
from PIL import Image

from studio.media.errors import MediaError
from studio.media.pictures import to_image
from studio.media.statement import Statement

FORMS = {"webp": "image/webp", "gif": "image/gif", "mp4": "video/mp4"}
CHOSEN, SMALL = 8, 48  # pictures, and pixels of each, that a GIF's colours are chosen from
LONGEST_COMMENT = 60_000  # bytes; a GIF's comment is for people, and a request is shorter


def forms() -> list[str]:
    """What this machine can write."""
    return [form for form in FORMS if form != "mp4" or shutil.which("ffmpeg")]


def check(form: str) -> None:
    """MediaError names the forms that this machine can write."""
    if form not in forms():
        known = ", ".join(forms())
        raise MediaError(
            f"A walk is saved as {known}, not {form[:20]!r}.", f"动画可保存为 {known}。"
        )


def encode(
    frames: Sequence[np.ndarray], form: str, rate: float, scale: int, statement: Statement
) -> bytes:
    """uint8 (height, width, 1 | 3 | 4) each, `rate` a second -> bytes of a file that loops.

    `scale` enlarges by whole pixels for what is made of pixels (transparent pictures) and
    smoothly for the rest. MediaError names the forms that this machine can write.
    """
    check(form)
    images = [_enlarged(to_image(frame), scale) for frame in frames]
    if form == "mp4":
        return _mp4(images, rate, statement)
    first, rest, out = images[0], images[1:], io.BytesIO()
    facts = {"save_all": True, "append_images": rest, "duration": round(1000 / rate), "loop": 0}
    if form == "webp":
        exact = first.mode != "RGB"  # sprites and digits stay sharp, photographs stay small
        facts |= {"lossless": exact, "quality": 85, "method": 1, "xmp": statement.xmp()}
        first.save(out, "WEBP", **facts)
    else:
        comment = f"{statement.words} {statement.terms}\n{statement.request}".encode()
        facts |= {"comment": comment[:LONGEST_COMMENT], "optimize": False}
        if first.mode == "RGBA":
            facts |= {"disposal": 2}  # the picture before shows through the clear pixels otherwise
        else:
            first, *rest = _painted(images)
            facts |= {"append_images": rest}
        first.save(out, "GIF", **facts)
    return out.getvalue()


def _enlarged(image: Image.Image, scale: int) -> Image.Image:
    size = (image.width * scale, image.height * scale)
    way = Image.Resampling.NEAREST if image.mode == "RGBA" else Image.Resampling.BICUBIC
    return image.resize(size, way) if scale > 1 else image


def _painted(images: Sequence[Image.Image]) -> list[Image.Image]:
    """All pictures in the same 256 colours: chosen once, since choosing takes a second."""
    chosen = images[:: max(1, len(images) // CHOSEN)][:CHOSEN]
    paper = Image.new("RGB", (SMALL * len(chosen), SMALL))
    for i, image in enumerate(chosen):
        paper.paste(image.convert("RGB").resize((SMALL, SMALL)), (SMALL * i, 0))
    colours = paper.quantize(256, method=Image.Quantize.MEDIANCUT)
    return [image.convert("RGB").quantize(palette=colours) for image in images]


def _mp4(images: Sequence[Image.Image], rate: float, statement: Statement) -> bytes:
    """H.264 wants even sides and knows no transparency: white paper below, a pixel at the edge."""
    width, height = images[0].size
    even = f"pad={width + width % 2}:{height + height % 2}"
    raw = b"".join(_on_white(image).tobytes() for image in images)
    words = ["ffmpeg", "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    words += ["-s", f"{width}x{height}", "-r", f"{rate:g}", "-i", "-", "-vf", even]
    words += ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "18", "-threads", "1"]
    words += ["-metadata", f"comment={statement.words} {statement.terms}"]
    # An MP4 writes its index at the end unless it is fragmented: a pipe cannot be rewound.
    words += ["-movflags", "frag_keyframe+empty_moov", "-f", "mp4", "-"]
    made = subprocess.run(words, input=raw, capture_output=True, check=False, timeout=120)
    if made.returncode:
        raise MediaError("ffmpeg could not write this MP4.", "ffmpeg 无法写出该 MP4。")
    return made.stdout


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
