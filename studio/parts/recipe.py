"""A file's request, told to a person: which model, which seed, which controls and what changed."""

from __future__ import annotations

from typing import Any

from models.family import Control
from studio import media
from studio.catalogue import published
from studio.requests import complete, to_link
from studio.sentences import PersonError, plain

FORMS = {b"\x89PNG": "png", b"RIFF": "webp", b"\xff\xd8\xff": "jpeg"}


def told(content: bytes, name: str) -> dict[str, Any]:
    """The rows of Lab -> Info. PersonError where the file holds no request of ours."""
    raw = media.read_request(content, name)
    if raw is None:
        raise PersonError(
            f"{name} holds no recipe: it was not made by this studio, or another program "
            "removed it.",
            f"{name} 中没有生成方法:它不是本工作室生成的,或已被其他程序移除。",
        )
    request = complete(raw)
    model = published(request.model)
    rows = [row(c, request.controls[c.name]) for c in model.controls]
    return {
        "request": request.data(),
        "link": to_link(request),
        "title": model.card.title._asdict(),
        "rows": rows,
        "form": form_of(content),
        "note": request.note and {"en": str(request.note), "zh": request.note.zh},
    }


def form_of(content: bytes) -> str:
    """png, webp or jpeg by a file's first bytes; everything else that we read is JSON."""
    return next((form for start, form in FORMS.items() if content.startswith(start)), "json")


def row(control: Control, value: Any) -> dict[str, Any]:
    """One control of a request: its label, its value as a person reads it, whether it was moved."""
    told: Any = value
    if isinstance(value, (tuple, list)):
        told = ", ".join(plain(v) for v in value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        unit = getattr(control, "unit", "")
        told = f"{plain(value)} {unit}".strip()
    elif control.kind == "choice":
        told = dict(control.options)[value]._asdict()
    default = control.default
    changed = list(value) != list(default) if isinstance(default, tuple) else value != default
    return {"label": control.label._asdict(), "value": told, "changed": changed}
