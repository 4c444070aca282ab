"""Free photographs that come with scikit-learn, for whoever has none at hand.

Both are under CC BY 2.0 (see sklearn/datasets/images/README.txt), so their makers are named.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from studio.dropped import DROPPED
from studio.sentences import PersonError, shown

CREDITS = {
    "china.jpg": "danielbuechele, CC BY 2.0, flickr.com/photos/danielbuechele/6061409035",
    "flower.jpg": "vultilion, CC BY 2.0, flickr.com/photos/vultilion/6056698931",
}


def listed() -> list[dict[str, str]]:
    """Name and credit of each example that this machine has."""
    return [{"name": n, "credit": c} for n, c in CREDITS.items() if _folder() / n in _here()]


def give(name: Any, client: Any) -> dict[str, Any]:
    """{file, picture}: the file is kept for this client as if it had been dropped."""
    path = _folder() / str(name)
    if name not in CREDITS or path not in _here():
        raise PersonError(f"There is no example {shown(name)}.", f"没有示例 {shown(name)}。")
    content = path.read_bytes()
    picture = "data:image/jpeg;base64," + base64.b64encode(content).decode()
    return {"file": DROPPED.keep(client, name, content), "picture": picture}


def _folder() -> Path:
    """Found without importing the package, which takes a second."""
    found = find_spec("sklearn")
    return Path(found.origin).parent / "datasets" / "images" if found else Path("nowhere")


@lru_cache(maxsize=1)
def _here() -> frozenset[Path]:
    return frozenset(_folder().glob("*.jpg"))
