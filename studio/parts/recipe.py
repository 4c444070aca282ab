"""A file's request, told to a person: which model, which seed, which controls and what changed."""

from __future__ import annotations

from typing import Any

from models.family import Code, Control
from studio import media
from studio.catalogue import published
from studio.media.readers import sniff
from studio.media.statement import quality_in
from studio.requests import Request, complete, to_link
from studio.sentences import PersonError, plain, shown


def told(content: bytes, name: str) -> dict[str, Any]:
    """The rows of Lab -> Info. PersonError where the file holds no request of ours."""
    raw = media.read_request(content, name)
    if raw is None:
        raise PersonError(
            f"{shown(name, 80)} holds no recipe: this studio did not make it, or another program "
            "removed the recipe.",
            f"{shown(name, 80)} 中没有生成方法:它不是本工作室生成的,或已被其他程序移除。",
        )
    request = complete(raw)
    model = published(request.model)
    asked = [(c, request.controls[c.name]) for c in model.controls]
    rows = [row(c, value) for c, value in asked if value or not isinstance(c, Code)]
    return {
        "request": request.data(),
        "link": to_link(request),
        "title": model.card.title._asdict(),
        "rows": rows,
        "form": (form := sniff(content, name)),
        "quality": quality_in(content) if form in ("jpeg", "webp") else 0,
        "mime": media.MIME.get(form, "text/plain"),  # JSON is shown as the text that it is
        "wants": wanted(request),
        "note": request.note and {"en": str(request.note), "zh": request.note.zh},
    }


def wanted(request: Request) -> list[dict[str, Any]]:
    """Every person's file that the request or one inside it names: {name, size, sha256}."""
    found: dict[str, dict[str, Any]] = {}
    for given in request.inputs.values():
        inner = wanted(given) if isinstance(given, Request) else [dict(given)]
        found |= {file["sha256"]: file for file in inner}
    return list(found.values())


def row(control: Control, value: Any) -> dict[str, Any]:
    """One control of a request: its label, its value as a person reads it, whether it was moved."""
    told: Any = value
    if isinstance(value, (tuple, list)):
        told = ", ".join(v if isinstance(v, str) else plain(v) for v in value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        unit = getattr(control, "unit", "")
        told = f"{plain(value)} {unit}".strip()
    elif control.kind == "code":
        told = {"en": "a spot found for it", "zh": "为它找到的位置"} if value else ""
    elif control.kind == "choice":
        told = dict(control.options)[value]._asdict()
    default = control.default
    changed = list(value) != list(default) if isinstance(default, tuple) else value != default
    return {"label": control.label._asdict(), "value": told, "changed": changed}
