"""The doorkeeper in front of Gradio: bounds bodies, reads JSON once, refuses paths.

Gradio limits uploads but no JSON, takes file paths inside arguments on trust, and turns faults
into empty answers. Here every refusal is one sentence.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.sentences import Sentence

LIMIT = 2**20  # bytes of JSON; a request has a few hundred
DEEPEST = 64  # levels of a body; Python's own reader gives up at about a thousand

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
    """ASGI middleware. `uploads` is the only folder from which arguments may name files."""

    def __init__(self, app: ASGIApp, uploads: Path) -> None:
        self.app, self.uploads = app, uploads.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
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
        if length.isdigit() and int(length) > LIMIT:
            raise RefusedError(413, LARGE)
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > LIMIT:
                raise RefusedError(413, LARGE)
        if body:
            self._check(body)
        told = False

        async def again() -> Message:
            nonlocal told
            if told:
                return await receive()
            told = True
            return {"type": "http.request", "body": body, "more_body": False}

        return again

    def _check(self, body: bytes) -> None:
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

    def _ours(self, path: Any) -> bool:
        """Whether a file that an argument names was uploaded here; None names no file."""
        if path is None:
            return True
        if not isinstance(path, str) or "\0" in path or "://" in path:
            return False
        return Path(path).resolve().is_relative_to(self.uploads)


def _header(scope: Scope, name: bytes) -> str:
    return dict(scope["headers"]).get(name, b"").decode("latin-1")


def _is_form(scope: Scope) -> bool:
    """Uploads and logins: Gradio's own limit of sizes holds for them."""
    kind = _header(scope, b"content-type")
    return kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded"))


def _answer(status: int, sentence: Sentence) -> JSONResponse:
    return JSONResponse({"detail": str(sentence), "zh": sentence.zh}, status)
