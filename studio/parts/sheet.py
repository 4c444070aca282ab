"""A sprite sheet: one hero from every side (and in every step), on one transparent picture."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
from itertools import product
from typing import Any

import numpy as np

from models.family import Choice
from studio import media
from studio.catalogue import published
from studio.dropped import DROPPED
from studio.engine import get_engine
from studio.live import answering, client_of, file_name, whole
from studio.requests import Request, complete
from studio.sentences import PersonError


def turned(request: Request) -> list[Choice]:
    """The model's controls whose options stand side by side on a sheet: rows, then columns."""
    return [c for c in published(request.model).controls if isinstance(c, Choice) and c.sheet]


@answering
async def sheet(data: dict[str, Any]) -> dict[str, Any]:
    """{request, steps, client} -> {name, mime, data, rows, columns}: a PNG, base64.

    Rows are the options of the first such control, columns those of the second where `steps` is
    true; every cell is as large as one picture.
    """
    request, client = complete(data.get("request")), client_of(data)
    axes = turned(request)[: 2 if data.get("steps") else 1]
    if not axes:
        raise PersonError(
            "This model draws nothing that turns: a sprite sheet needs one that does.",
            "此模型没有可转动的朝向:精灵图需要能转向的模型。",
        )
    png, rows, columns = await lay(request, axes, client)
    return {
        "name": file_name(request, "png").replace("-seed", "-sheet-seed"),
        "mime": media.MIME["png"],
        "data": base64.b64encode(png).decode(),
        "rows": rows,
        "columns": columns,
    }


async def lay(request: Request, axes: list[Choice], client: str) -> tuple[bytes, int, int]:
    """The file, its rows and its columns. One axis alone stands from top to bottom."""
    names = [[value for value, _ in axis.options] for axis in axes]
    files, cells, result = DROPPED.files_of(client), [], None
    for values in product(*names):
        chosen = dict(zip((axis.name for axis in axes), values, strict=True))
        one = complete({**request.data(), "controls": {**request.controls, **chosen}})
        result = whole(await get_engine().whole(one, client, files))
        cells.append(result.value)
    rows, columns = len(names[0]), len(names[1]) if len(names) > 1 else 1
    lines = [np.concatenate(cells[i * columns : (i + 1) * columns], 1) for i in range(rows)]
    laid = dataclasses.replace(result, request=request, value=np.concatenate(lines))
    return await asyncio.to_thread(media.encode, laid, "png"), rows, columns
