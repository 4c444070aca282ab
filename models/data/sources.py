"""All named data sets by name, and the folder they lie in. Torch is not imported here."""

from __future__ import annotations

import os
from pathlib import Path

from models.data.named import music, pictures, style, upscale, voice, words
from models.data.source import Source

__all__ = ["SOURCES", "Source", "data_folder"]

SOURCES = {
    source.name: source
    for domain in (pictures, upscale, style, words, music, voice)
    for source in domain.SETS
}


def data_folder() -> Path:
    """The folder of the named data sets."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    return Path(os.environ.get("STUDIO_DATA", beside)).expanduser()
