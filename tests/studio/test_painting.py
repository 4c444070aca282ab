"""The Style tab's pictures through the engine: inks, turned photographs, odd sizes, alpha."""

import hashlib
import io

import numpy as np
import pytest
from PIL import Image

from studio.requests import complete

MODELS = ("style/anystyle-toy", "style/cyclegan-toy", "style/several-toy")


def file(mode: str, size: tuple[int, int], form: str, **options) -> bytes:
    bands = len(Image.new(mode, (1, 1)).getbands())
    rows = np.random.default_rng(0).integers(0, 255, (size[1], size[0], bands), dtype=np.uint8)
    out = io.BytesIO()
    rows = rows[..., 0] if bands == 1 else rows
    Image.fromarray(rows, mode=mode).save(out, form, **options)
    return out.getvalue()


def turned(quarter: int = 6) -> bytes:
    notes = Image.Exif()
    notes[0x0112] = quarter
    return notes.tobytes()


PICTURES = {
    "inks": (file("CMYK", (40, 30), "JPEG"), (30, 40, 3)),
    "turned": (file("RGB", (40, 30), "JPEG", exif=turned()), (40, 30, 3)),
    "grey": (file("L", (33, 41), "PNG"), (41, 33, 3)),
    "clear": (file("RGBA", (21, 23), "PNG"), (23, 21, 4)),
    "dot": (file("RGB", (1, 1), "PNG"), (1, 1, 3)),
    "strip": (file("RGB", (7, 1200), "PNG"), (1200, 7, 3)),
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", PICTURES)
def test_any_picture_is_painted_at_its_own_size(tiny_root, engine, model: str, kind: str) -> None:
    content, shape = PICTURES[kind]
    digest = hashlib.sha256(content).hexdigest()
    given = {"name": "mine", "size": len(content), "sha256": digest}
    request = complete({"model": model, "inputs": {"picture": given}})
    result = engine.run(request, files={digest: content})
    assert result.error is None and result.value.shape == shape
