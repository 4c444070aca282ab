"""Free photographs that come with scikit-learn, for whoever has none at hand.

Both are under CC BY 2.0 (see sklearn/datasets/images/README.txt), so their makers are named.
"""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import Image

from studio.dropped import DROPPED
from studio.live import answering
from studio.sentences import PersonError, shown

CREDITS = {
    "china.jpg": "danielbuechele, CC BY 2.0, flickr.com/photos/danielbuechele/6061409035",
    "flower.jpg": "vultilion, CC BY 2.0, flickr.com/photos/vultilion/6056698931",
}

# What there is to enlarge: its name, what it was, how far it was shrunk.
SMALL = ("china-small.png", "china.jpg", 4)


def listed() -> list[dict[str, str]]:
    """Name and credit of each example that this machine has."""
    return [{"name": n, "credit": c} for n, c in CREDITS.items() if _folder() / n in _here()]


def small() -> dict[str, str] | None:
    """Name and credit of a picture that is worth enlarging; None where it is not here."""
    name, source, _ = SMALL
    return {"name": name, "credit": CREDITS[source]} if _folder() / source in _here() else None


@answering
async def example(data: dict[str, Any]) -> dict[str, Any]:
    """{name, client} -> {file, picture}: a free picture, as if this client had dropped it."""
    name = data.get("name")
    content = _content(name)
    kind = "jpeg" if name.endswith(".jpg") else "png"
    picture = f"data:image/{kind};base64," + base64.b64encode(content).decode()
    return {"file": DROPPED.keep(data.get("client"), name, content), "picture": picture}


def _content(name: Any) -> bytes:
    here, source, shrunk = SMALL
    path = _folder() / (source if name == here else str(name))
    if (name != here and name not in CREDITS) or path not in _here():
        raise PersonError(f"There is no example {shown(name)}.", f"没有示例 {shown(name)}。")
    return _shrunk(path, shrunk) if name == here else path.read_bytes()


@lru_cache(maxsize=1)
def _shrunk(path: Path, times: int) -> bytes:
    with Image.open(path) as picture:
        size = (picture.width // times, picture.height // times)
        small = picture.resize(size, Image.Resampling.BICUBIC)
    held = io.BytesIO()
    small.save(held, "PNG")
    return held.getvalue()


def _folder() -> Path:
    """Found without importing the package, which takes a second."""
    found = find_spec("sklearn")
    return Path(found.origin).parent / "datasets" / "images" if found else Path("nowhere")


@lru_cache(maxsize=1)
def _here() -> frozenset[Path]:
    return frozenset(_folder().glob("*.jpg"))
