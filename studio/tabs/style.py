"""The Style tab: a picture painted in another manner, and back."""

from __future__ import annotations

from typing import Any

from studio import live
from studio.catalogue import models as published
from studio.parts import examples
from studio.parts.assets import thumbs
from studio.parts.bundle import bundle
from studio.parts.jobs import follow_job, stop_job
from studio.parts.listing import describe, takers
from studio.parts.page import piece
from studio.requests import complete, request_id, to_link

NAME = "style"


def models() -> list[dict[str, Any]]:
    """Every published model of the domain."""
    return [describe(m) for name, m in published().items() if name.startswith(f"{NAME}/")]


def visible() -> bool:
    """Once a model can paint."""
    return bool(models())


def build() -> None:
    """Inside a `gr.Tab`."""
    functions = [live.live, live.drop, live.begin, live.follow, live.stop, live.download]
    functions += [live.restore, live.answering(named), examples.example]
    functions += [bundle, follow_job, stop_job]
    catalog = {"models": models(), "thumbs": thumbs("styles"), "examples": examples.listed()}
    piece("style.js", NAME, functions, catalog=catalog, sends=takers("picture", NAME))


async def named(data: dict[str, Any]) -> dict[str, Any]:
    """{request} -> {request, id, link}: checked and named, without any work."""
    request = complete(data.get("request"))
    return {"request": request.data(), "id": request_id(request), "link": to_link(request)}
