"""Requests as text from outside: JSON and links, bounded before anything reads them."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

from studio.sentences import PersonError, shown

LIMIT = 40_000  # characters of JSON; a long chain of requests has 3,000
DEEPEST = 8  # requests inside requests: how long a chain may be


class RequestError(PersonError):
    """A request that cannot be answered, in one sentence; `zh` is the Chinese one."""


def parse(text: str | bytes, limit: int = LIMIT) -> dict[str, Any]:
    """JSON text of a request as a dict, not checked any further; bounded in size."""
    if len(text) > limit:
        raise RequestError(
            f"A request may have {limit:,} characters, this one has {len(text):,}.",
            f"请求最多 {limit:,} 个字符,这里有 {len(text):,} 个。",
        )
    try:
        text = text if isinstance(text, str) else bytes(text).decode("utf-8")
        raw = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RequestError(
            "This is not a request: it is no valid JSON.", "这不是请求:JSON 格式无效。"
        ) from None
    if not isinstance(raw, dict):
        raise not_an_object(raw)
    return raw


def pack(text: str) -> str:
    """Text as a word for an address: deflated, in base64url."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(text.encode()) + packer.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unpack(text: str) -> dict[str, Any]:
    """The raw request inside a link; RequestError where it is no link of ours."""
    fault = RequestError(
        "This link holds no request: it may have been cut off when it was copied.",
        "此链接不含请求:复制时可能被截断。",
    )
    if not isinstance(text, str) or len(text) > 2 * LIMIT:
        raise fault
    found = re.search(r"[?#&]r=([\w-]+)", text, re.ASCII)
    word = found.group(1) if found else text.strip()
    try:
        packed = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        opener = zlib.decompressobj(-15)
        # a few bytes may unfold to gigabytes: never more than one beyond the limit
        plain = opener.decompress(packed, 4 * LIMIT + 1)
        if not opener.eof:
            raise fault
        return parse(plain.decode("utf-8"))
    except (ValueError, binascii.Error, zlib.error) as error:
        raise (error if isinstance(error, RequestError) else fault) from None


def measure(raw: Any, limit: int) -> None:
    """Refuse what is too large or too deep before anything walks through it."""
    room, todo = limit, [(raw, 0)]
    while todo:
        value, depth = todo.pop()
        size = len(value) if isinstance(value, str | bytes) else 1
        room -= size
        if room < 0 or depth > 4 * DEEPEST:
            raise RequestError(
                f"A request may have {limit:,} characters and {4 * DEEPEST} levels; this one has "
                "more.",
                f"请求最多 {limit:,} 个字符、{4 * DEEPEST} 层嵌套;这里超出了限制。",
            )
        if isinstance(value, Mapping):
            todo += [(part, depth + 1) for pair in value.items() for part in pair]
        elif isinstance(value, list | tuple):
            todo += [(part, depth + 1) for part in value]


def not_an_object(raw: Any) -> RequestError:
    return RequestError(
        f"A request is an object with a model, a seed and controls, not {shown(raw)}.",
        f"请求应是含 model、seed 和 controls 的对象,而不是 {shown(raw)}。",
    )


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON")
