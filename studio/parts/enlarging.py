"""What the Upscale tab asks beside a run: how large and how long before it starts, and a close
look at a part of a result that is too large to send whole."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import numpy as np
from PIL import Image

from models.family import Asked
from studio import live, media
from studio.answers import check_size
from studio.catalogue import published
from studio.dropped import DROPPED
from studio.requests import Request, complete
from studio.runs import RUNS
from studio.sentences import PersonError

EXAMPLE = 40 * 48  # pixels of the small picture that a card's milliseconds were measured on
CLOSEST = 640  # pixels on a side of one close look
MIB = 2**20
WORK = 160 * MIB  # a tile's feature maps and what is held around them


@live.answering
async def plan(data: dict[str, Any]) -> dict[str, Any]:
    """{request, client} -> {width, height, into: [width, height], seconds, megabytes}: nothing is
    made yet. A result larger than the limit is refused here already."""
    request, client = complete(data.get("request")), _client(data)
    return await asyncio.to_thread(_plan, request, client)


@live.answering
async def look(data: dict[str, Any]) -> dict[str, Any]:
    """{request, client, box: [left, top, width, height]} -> {picture}: a part of a finished run's
    result in its own pixels."""
    result = RUNS.result(complete(data.get("request")), _client(data))
    if result is None:
        raise PersonError(
            "This result is no longer here: enlarge the picture again.",
            "该结果已不在:请重新放大图片。",
        )
    box = data.get("box")
    if not isinstance(box, list) or len(box) != 4 or not all(isinstance(n, int) for n in box):
        raise PersonError("A close look needs four whole numbers.", "局部查看需要四个整数。")
    left, top, width, height = (max(0, n) for n in box)
    part = result.value[top : top + min(height, CLOSEST), left : left + min(width, CLOSEST)]
    if part.size == 0:
        raise PersonError("This place is outside the picture.", "该位置在图片之外。")
    return media.show(result.kind, np.ascontiguousarray(part))


def _client(data: dict[str, Any]) -> str:
    name = data.get("client")
    return name[: live.LONGEST_NAME] if isinstance(name, str) else ""


def _plan(request: Request, client: str) -> dict[str, Any]:
    height, width, channels = _shape(request.inputs["picture"], client)
    steps = list(_steps(request, client))
    into = steps[-1][1]
    seconds = sum(_seconds(model, size) for model, _, size in steps)
    largest = max(size[0] * size[1] for _, size, _ in steps)
    megabytes = (WORK + channels * (height * width + 3 * largest)) / MIB
    return {
        "width": width,
        "height": height,
        "into": [into[1], into[0]],
        "seconds": round(seconds, 2),
        "megabytes": round(megabytes),
    }


def _steps(request: Request, client: str):
    """(model, size that comes out, size that goes in) of every enlargement, in their order."""
    model, given = published(request.model), request.inputs.get("picture")
    if given is None:
        return
    if isinstance(given, Request):
        yield from _steps(given, client)
    shape = _shape(given, client)
    stand_in = np.broadcast_to(np.uint8(0), shape)  # sizes only: no memory
    asked = Asked(request.seed, request.controls, {**request.inputs, "picture": stand_in})
    size = model.family.size(model.config, asked)
    if size is not None:
        check_size(size)
        yield model, size, shape[:2]


def _shape(given: Any, client: str) -> tuple[int, int, int]:
    """(height, width, channels) of an input, upright: a file's from its head alone."""
    if isinstance(given, Request):
        steps = list(_steps(given, client))
        if steps:
            return (*steps[-1][1], 4)
        side = getattr(published(given.model).config, "size", 256)
        return side, side, 4
    content = DROPPED.files_of(client).get(given["sha256"])
    if content is None:
        raise PersonError(
            "This needs a picture that is not here: drop it again.",
            "所需的图片不在这里:请重新拖入。",
        )
    media.read_request(content, given["name"])  # refuses what is no picture, by its first bytes
    try:
        with Image.open(io.BytesIO(content)) as image:
            turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            width, height = image.size[::-1] if turned else image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        media.decode(content, given["name"], "picture", 2**15)  # says what is wrong with it
        raise
    return height, width, 4 if image.has_transparency_data else 3


def _seconds(model: Any, size: tuple[int, int]) -> float:
    """From the card's milliseconds for a small picture; machines differ, the page learns."""
    return model.card.cost.get("milliseconds", 0.0) / 1000 * size[0] * size[1] / EXAMPLE
