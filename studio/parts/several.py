"""Several requests at once: what grids, strips and children of a picture are filled with."""

from __future__ import annotations

import asyncio
from typing import Any

from studio import media
from studio.dropped import DROPPED
from studio.engine import get_engine
from studio.live import answering, client_of, value_of
from studio.requests import Request, complete, request_id
from studio.sentences import PersonError

MOST = 16  # requests of one call: half a second even where one takes 30 ms


def checked(raw: Any, most: int) -> list[Request]:
    """A list of 1 to `most` raw requests, each one checked. PersonError says what is wrong."""
    if not isinstance(raw, list) or not 0 < len(raw) <= most:
        raise PersonError(
            f"This call takes a list of 1 to {most} requests.", f"该调用需要 1 到 {most} 个请求。"
        )
    return [complete(one) for one in raw]


@answering
async def several(data: dict[str, Any]) -> dict[str, Any]:
    """{requests, client} -> {results: [{picture | ..., id, request}]}, in the same order.

    They share a pass where they can; each stands for itself, so the newest does not replace it.
    """
    requests, client = checked(data.get("requests"), MOST), client_of(data)
    engine, files = get_engine(), DROPPED.files_of(client)
    names = [f"{client}/tile-{i}" for i in range(len(requests))]
    work = [engine.live(r, name, files) for r, name in zip(requests, names, strict=True)]
    results = await asyncio.gather(*work)
    if any(result.superseded for result in results):
        return {"superseded": True}
    return {
        "results": [
            {
                **media.show(result.kind, value_of(result).value),
                "id": request_id(result.request),
                "request": result.request.data(),
            }
            for result in results
        ]
    }
