"""What the page calls: one HTTP round trip each, errors as data in both languages.

An exception in a server function would reach the page as silence, so none may leave.
"""

from __future__ import annotations

import asyncio
import base64
import functools
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from studio import media
from studio.catalogue import published
from studio.dropped import DROPPED
from studio.engine import Result, get_engine
from studio.limits import TABS
from studio.parts.recipe import told
from studio.requests import Request, complete, from_link, request_id, to_link
from studio.runs import RUNS
from studio.sentences import PersonError, Sentence

LONGEST_NAME = 64  # characters of a client's name

FAILED = Sentence(
    "Something went wrong inside the studio; the console of the server says what, and your "
    "settings are kept.",
    "工作室内部出错;详情见服务器控制台,您的设置仍然保留。",
)

log = logging.getLogger(__name__)
Answer = dict[str, Any]


def words(sentence: Sentence | None) -> dict[str, str] | None:
    """A sentence in both languages, as data; None stays None."""
    return {"en": str(sentence), "zh": sentence.zh} if sentence else None


def answering(fn: Callable[[Answer], Awaitable[Answer]]) -> Callable[[Any], Awaitable[Answer]]:
    """Turns every failure of a server function into one sentence."""

    @functools.wraps(fn)
    async def safe(data: Any) -> Answer:
        try:
            if not hasattr(data, "get") and not hasattr(data, "files"):
                raise PersonError("This call needs an object.", "该调用需要一个对象。")
            facts = data.data if hasattr(data, "files") else data  # a form carries its facts inside
            with TABS.one(client_of(facts if isinstance(facts, dict) else {})):
                return await fn(data)
        except PersonError as error:
            return {"error": words(error.sentence)}
        except Exception:
            log.exception("%s failed", fn.__name__)
            return {"error": words(FAILED)}

    safe.answers = True  # its arguments and answers are plain data: see door.py
    return safe


def client_of(data: Answer) -> str:
    """The tab that asks, by the name that it chose."""
    name = data.get("client")
    # Who gives no name shares none with others: newest wins among the calls of one tab only.
    return name[:LONGEST_NAME] if isinstance(name, str) and name else secrets.token_hex(8)


def value_of(result: Result) -> Result:
    """The result itself; PersonError where it is a fault."""
    if result.error:
        raise PersonError(str(result.error), result.error.zh)
    return result


def whole(result: Result) -> Result:
    """The finished result; PersonError where it is a fault or ended before its end."""
    if value_of(result).stopped:
        raise PersonError(str(result.note), result.note.zh)
    return result


@answering
async def live(data: Answer) -> Answer:
    """{request, client} -> {picture | sound | ..., ms, id, request, link, note, rest} or {error} or
    {superseded}. `rest`: milliseconds to leave between two questions of this page."""
    request, client, engine = complete(data.get("request")), client_of(data), get_engine()
    result = value_of(await engine.live(request, client, DROPPED.files_of(client)))
    shown = {"superseded": True} if result.superseded else shown_result(result)
    return {**shown, "rest": engine.pace.rest(client)}


def shown_result(result: Result) -> Answer:
    """A result as the page takes it: the value by its kind, and the facts around it."""
    request = result.request
    return {
        **({} if result.value is None else media.show(result.kind, result.value)),
        "ms": result.ms,
        "id": request_id(request),
        "request": request.data(),
        "link": to_link(request),
        "note": words(result.note or request.note),
    }


@answering
async def drop(data: Any) -> Answer:
    """A form with a file and `client` -> {file, request}: the file as a request names it, and
    the request that it carries, where we made it."""
    if not getattr(data, "files", None):
        raise PersonError("No file arrived.", "没有收到文件。")
    name, content = data.files[0]
    file = DROPPED.keep(data.data.get("client"), str(name), content)
    return {"file": file, "request": await asyncio.to_thread(_carried, content, file["name"])}


def _carried(content: bytes, name: str) -> Answer | None:
    """The valid request in a file of ours; None where there is none that this studio can repeat."""
    try:
        raw = media.read_request(content, name)
        return complete(raw).data() if raw else None
    except PersonError:
        return None


@answering
async def begin(data: Answer) -> Answer:
    """{request, client} -> {run}: a long piece of work starts."""
    return {"run": RUNS.begin(complete(data.get("request")), client_of(data))}


@answering
async def follow(data: Answer) -> Answer:
    """{run, client, seen} -> {seen, fraction, seconds_left, ahead, preview} or, at the end,
    {seen, result}. Waits for news a little; a run that nobody follows is stopped."""
    seen = data.get("seen")
    run = RUNS.find(data.get("run"), client_of(data))
    count, news = await run.after(seen if isinstance(seen, int) else 0)
    if isinstance(news, Result):
        return {"seen": count, "result": await asyncio.to_thread(shown_result, value_of(news))}
    kind = published(run.request.model).family.gives
    return {
        "seen": count,
        "fraction": news.fraction,
        "seconds_left": news.seconds_left,
        "ahead": news.ahead,
        "preview": None if news.preview is None else media.show(kind, news.preview),
    }


@answering
async def stop(data: Answer) -> Answer:
    """{run, client} -> {}: it ends within a second with what it has; follow on for that."""
    RUNS.find(data.get("run"), client_of(data)).cancel.set()
    return {}


@answering
async def download(data: Answer) -> Answer:
    """{request, form, quality} -> {name, mime, data}: the very bytes of API and command line."""
    request, client = complete(data.get("request")), client_of(data)
    result, files = RUNS.result(request, client), DROPPED.files_of(client)
    if result is None:
        result = whole(await get_engine().whole(request, client, files))
    form = str(data.get("form") or "")
    if not form or (form == "json" and form not in media.FORMS[result.kind]):
        form = media.FORMS[result.kind][0]
    quality = data.get("quality")  # 0: the studio's own
    quality = min(max(quality, 0), 100) if isinstance(quality, int) else 0
    file = await asyncio.to_thread(media.encode, result, form, files, quality)
    return {
        "name": file_name(request, form),
        "mime": media.MIME[form],
        "data": base64.b64encode(file).decode(),
        "note": words(result.note),
    }


@answering
async def restore(data: Answer) -> Answer:
    """{link} -> {request, note}: what a link holds, complete and valid here."""
    request = from_link(str(data.get("link", "")))
    return {"request": request.data(), "note": words(request.note)}


@answering
async def info(data: Any) -> Answer:
    """A dropped file -> its request in words a person reads, and as data to run again."""
    if not getattr(data, "files", None):
        raise PersonError("No file arrived.", "没有收到文件。")
    name, content = data.files[0]
    return await asyncio.to_thread(told, content, str(name))


def file_name(request: Request, form: str) -> str:
    """dcgan-cats-seed7-1a2b3c.png: readable, and different for every request."""
    short = request.model.split("/")[-1]
    ending = {"jpeg": "jpg"}.get(form, form)
    return f"{short}-seed{request.seed}-{request_id(request)[:6]}.{ending}"
