"""The doorkeeper in front of Gradio: bounds bodies, reads JSON once, refuses paths.

Gradio limits uploads but no JSON, takes file paths inside arguments on trust, and turns faults
into empty answers. Here every refusal is one sentence.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.limits import ADDRESSES
from studio.sentences import PersonError, Sentence, shown

READ = "studio.read"  # where a body that was read and checked is left, in the scope of its call
LIMIT = 2**20  # bytes of JSON; a request has a few hundred
DRAINED = 2**26  # bytes that are read, and forgotten, before a call is cut off
DEEPEST = 64  # levels of a body; Python's own reader gives up at about a thousand

DOOR = re.compile(r"/gradio_api/(?:call|call/v2|run|api)/([^/]+)/?$")
CALL = re.compile(r"/gradio_api/call/[^/]+/?$")

log = logging.getLogger(__name__)

LARGE = Sentence(
    f"The body of this call is larger than {LIMIT // 2**20} MB: send files as uploads, not in "
    "JSON.",
    f"请求内容超过 {LIMIT // 2**20} MB:文件请用上传方式发送,不要写进 JSON。",
)
BROKEN = Sentence(
    "The body of this call is not valid JSON: check commas, quotes and brackets.",
    "请求内容不是有效的 JSON:请检查逗号、引号和括号。",
)
PATH = Sentence(
    "Paths and addresses are not read: upload the file and send what the upload answered.",
    "不会读取路径或网址:请先上传文件,再发送上传后得到的内容。",
)
FAILED = Sentence(
    "Something went wrong inside the studio; the console of the server says what.",
    "工作室内部出错;详情见服务器控制台。",
)


class RefusedError(Exception):
    """An answer instead of the call."""

    def __init__(self, status: int, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.status, self.sentence = status, sentence


class Guard:
    """ASGI middleware. `uploads` is the only folder from which arguments may name files; `doors`
    are the API's names with the most arguments of each."""

    def __init__(self, app: ASGIApp, uploads: Path, doors: Mapping[str, int]) -> None:
        self.app, self.uploads, self.doors = app, uploads.resolve(), doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["method"] == "POST":
            try:
                with ADDRESSES.one((scope.get("client") or ("",))[0]):
                    return await self._pass(scope, receive, send)
            except PersonError as refused:
                return await _answer(429, refused.sentence)(scope, receive, send)
        await self._pass(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if scope["method"] == "POST" and not _is_form(scope):
                receive = await self._read(scope, receive)
            await self.app(scope, receive, watched)
        except RefusedError as refused:
            await _answer(refused.status, refused.sentence)(scope, receive, send)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            if begun:
                raise
            await _answer(500, FAILED)(scope, receive, send)

    async def _read(self, scope: Scope, receive: Receive) -> Receive:
        """The whole body, checked, as a new `receive`. RefusedError where it may not pass."""
        length = _header(scope, b"content-length")
        announced = int(length) if length.isdigit() else 0
        large, body, read, more = announced > LIMIT, b"", 0, announced <= DRAINED
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            part, more = message.get("body", b""), message.get("more_body", False)
            read += len(part)
            large = large or read > LIMIT
            # A body too large is still read to its end and forgotten: a caller who is cut off
            # while sending would never see the sentence.
            body = b"" if large else body + part
            if read > DRAINED:
                break
        if large:
            raise RefusedError(413, LARGE)
        if body:
            data = scope[READ] = self._check(body)
            body = self._arguments(scope["path"], data) or body
        told = False

        async def again() -> Message:
            nonlocal told
            if told:
                return await receive()
            told = True
            return {"type": "http.request", "body": body, "more_body": False}

        return again

    def _arguments(self, path: str, data: Any) -> bytes | None:
        """A door's arguments made complete, since Gradio wants every optional one; None where
        the body stays as it is."""
        door = DOOR.search(path)
        if door is None:
            return None
        if door[1] not in self.doors:
            raise RefusedError(404, no_door(door[1], self.doors))
        if CALL.search(path) is None:
            return None
        given, most = data.get("data") if isinstance(data, dict) else None, self.doors[door[1]]
        if not isinstance(given, list) or len(given) > most:
            raise RefusedError(422, arguments(door[1], most))
        if len(given) == most:
            return None
        return json.dumps({**data, "data": given + [None] * (most - len(given))}).encode()

    def _check(self, body: bytes) -> Any:
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            raise RefusedError(400, BROKEN) from None
        waiting = [(data, 0)]
        while waiting:
            value, depth = waiting.pop()
            if depth > DEEPEST:
                raise RefusedError(400, BROKEN)
            if isinstance(value, dict):
                if not self._ours(value.get("path")):
                    raise RefusedError(422, PATH)
                waiting += [(v, depth + 1) for v in value.values()]
            elif isinstance(value, list):
                waiting += [(v, depth + 1) for v in value]
        return data

    def _ours(self, path: Any) -> bool:
        """Whether a file that an argument names was uploaded here; None names no file."""
        if path is None:
            return True
        if not isinstance(path, str) or "\0" in path or "://" in path:
            return False
        return Path(path).resolve().is_relative_to(self.uploads)


def no_door(name: str, doors: Mapping[str, int]) -> Sentence:
    """For a name that is no door."""
    known = ", ".join(f"/{door}" for door in doors)
    return Sentence(
        f"There is no door {shown(name)}; there are {known}.",
        f"没有名为 {shown(name)} 的接口;可用的有 {known}。",
    )


def arguments(door: str, most: int) -> Sentence:
    """For arguments that are no list, or too many."""
    return Sentence(
        f'/{door} wants its arguments as {{"data": [...]}} with at most {most} in the list.',
        f'/{door} 的参数应写作 {{"data": [...]}},最多 {most} 个。',
    )


def _header(scope: Scope, name: bytes) -> str:
    return dict(scope["headers"]).get(name, b"").decode("latin-1")


def _is_form(scope: Scope) -> bool:
    """Uploads and logins: Gradio's own limit of sizes holds for them."""
    kind = _header(scope, b"content-type")
    return kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded"))


def _answer(status: int, sentence: Sentence) -> JSONResponse:
    return JSONResponse({"detail": str(sentence), "zh": sentence.zh}, status)
