"""What a picture keeps on its way through a model: colour profile, notes of the camera, greyness.

Where a photograph was taken (GPS) is not kept: whoever passes a picture on rarely means to tell.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from studio.catalogue import published
from studio.requests import Request

ORIENTATION, GPS, SUB, MAKER = 0x0112, 0x8825, 0x8769, 0x927C
GREY = ("1", "L", "LA", "I", "I;16", "I;16B", "I;16L")
COLOURED = ("RGB", "RGBA", "P", "PA")


@dataclass(frozen=True)
class Kept:
    """`icc` and `exif` as files hold them; `grey`: the picture had no colours."""

    icc: bytes | None = None
    exif: bytes | None = None
    grey: bool = False

    @classmethod
    def of(cls, content: bytes) -> Kept:
        """From a file that was read before; nothing where its notes are broken."""
        try:
            with Image.open(io.BytesIO(content)) as image:
                grey = image.mode in GREY
                icc = image.info.get("icc_profile") if grey or image.mode in COLOURED else None
                return cls(icc or None, _notes(image.getexif()), grey)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return cls()


def kept_by(request: Request, files: Mapping[str, bytes]) -> Kept:
    """What a result keeps of the person's file at the root of its chain of enlargements."""
    takes = next((t for t in published(request.model).family.takes if t.keeps), None)
    given = request.inputs.get(takes.name) if takes else None
    if isinstance(given, Request):
        return kept_by(given, files)
    content = files.get(given["sha256"]) if given else None
    return Kept.of(content) if content else Kept()


def _notes(exif: Image.Exif) -> bytes | None:
    """Upright (the pixels are turned already), without place, maker's secrets and thumbnail."""
    if not len(exif):
        return None
    inner = exif.get_ifd(SUB)
    inner.pop(MAKER, None)
    for tag in (ORIENTATION, GPS):
        exif.pop(tag, None)
    exif.get_ifd(GPS).clear()
    return exif.tobytes() if len(exif) else None
