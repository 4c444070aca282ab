"""A text read aloud from its first sentence on, while the page asks for the others."""

from __future__ import annotations

import asyncio
from typing import Any

from models.family import TextLine, UnfitError
from studio import media
from studio.catalogue import published
from studio.engine import get_engine
from studio.live import answering, client_of, value_of, words
from studio.requests import complete, request_id, to_link
from studio.sentences import PersonError


@answering
async def aloud(data: dict[str, Any]) -> dict[str, Any]:
    """{request, client} -> {sound, rate, seconds, moments, ms} of the first sentence, {parts:
    [[start, end]]} of all, and {id, request, link, note} of the whole; or {superseded}.

    The page asks for the other sentences by `live`, each as a request of its own.
    """
    from models.data.reading import pieces

    request, client = complete(data.get("request")), client_of(data)
    model = published(request.model)
    lines = [c.name for c in model.family.controls(model.config) if isinstance(c, TextLine)]
    if not lines or model.family.gives != "sound":
        raise PersonError(f"{request.model} reads no text.", f"{request.model} 不能朗读文本。")
    text = request.controls[lines[0]]
    try:
        parts = await asyncio.to_thread(pieces, text)
    except UnfitError as error:
        raise PersonError(error.words.en, error.words.zh) from None
    start, end = parts[0]
    controls = {**request.controls, lines[0]: text[start:end]}
    first = complete({**request.data(), "controls": controls})
    result = value_of(await get_engine().live(first, client, {}))
    if result.superseded:
        return {"superseded": True}
    return {
        **media.show(result.kind, result.value),
        "parts": parts,
        "ms": result.ms,
        "id": request_id(request),
        "request": request.data(),
        "link": to_link(request),
        "note": words(result.note or request.note),
    }
