"""Files in and out. Every file that leaves carries its request and says that it was generated.

A kind (picture, sound, notes, text) is one module with `FORMS`, `encode`, `decode`, `show`; a file
format is one entry of `readers.FORMATS`. Callers see only the names below.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.family import Kind
from studio.media import notes, pictures, sounds, texts
from studio.media.errors import MediaError
from studio.media.kept import kept_by
from studio.media.readers import read_request
from studio.media.statement import Statement
from studio.results import Result

__all__ = ["FORMS", "MIME", "MediaError", "decode", "encode", "read_request", "show"]

KINDS = {"picture": pictures, "sound": sounds, "notes": notes, "text": texts}
FORMS: dict[Kind, tuple[str, ...]] = {kind: tuple(m.FORMS) for kind, m in KINDS.items()}
MIME = {form: mime for m in KINDS.values() for form, mime in m.FORMS.items()}


def encode(
    result: Result, form: str = "", files: Mapping[str, bytes] | None = None, quality: int = 0
) -> bytes:
    """A result as the bytes of a file; the same request always gives the same bytes.

    `form` is one of FORMS[result.kind], by default the first. MediaError names the others.
    `files` (content by SHA-256) are the person's own: a picture that stays the same picture keeps
    its profile and notes. `quality` of JPEG and WebP is 1 to 100, 0 the studio's own.
    """
    writer = KINDS.get(result.kind)
    if writer is None or result.value is None:
        raise MediaError("There is nothing here to save yet.", "这里还没有可保存的内容。")
    form = {"jpg": "jpeg"}.get(form, form) or FORMS[result.kind][0]
    if form not in writer.FORMS:
        known = ", ".join(writer.FORMS)
        raise MediaError(
            f"A {result.kind} is saved as {known}, not {form[:20]!r}.",
            f"可保存为 {known},不支持 {form[:20]!r}。",
        )
    more = (kept_by(result.request, files or {}), quality) if result.kind == "picture" else ()
    return writer.encode(result.value, form, Statement.of(result.request), *more)


def show(kind: Kind, value: Any) -> dict[str, Any]:
    """A value as JSON data for the page, made for speed: pictures `{"picture": data URL}`."""
    return KINDS[kind].show(value)


def decode(data: bytes, name: str, kind: Kind, limit: int, deep: bool = False) -> Any:
    """A person's file as the value that a family takes in (see the kind's own `decode`).

    `limit` is the declaration's: longest side in pixels, seconds of sound. MediaError (one
    sentence) where the file is none of that kind, broken or too large. `deep`: 16 bits of grey
    are kept.
    """
    reader = KINDS.get(kind)
    if reader is None:
        raise MediaError(f"Files of kind {kind} are not read here.", f"这里无法读取 {kind} 文件。")
    more = (deep,) if kind == "picture" else ()
    return reader.decode(data, name, limit, *more)
