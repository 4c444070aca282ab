"""The named API doors: `/models` lists cards, `/run` answers one request with a file.

They are component events, since only those have a validator: a bad request is then an HTTP 422
with one sentence. The same check runs again inside, for callers that go around it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.processing_utils import save_bytes_to_cache
from gradio.utils import get_upload_folder

from studio import media
from studio.catalogue import models
from studio.engine import get_engine
from studio.live import file_name
from studio.media.readers import sniff
from studio.requests import Request, complete, request_id
from studio.sentences import PersonError, shown

DOORS = {"models": 0, "run": 2}  # name and most arguments
AT_ONCE = 4  # runs in flight; the engine works on one, so that more would only wait here


def asked(request: Any, file: str | None) -> tuple[Request, str]:
    """The request given as JSON or, without one, the request that a file of ours carries; and
    the form of the answer: the first of its kind, or that of the file."""
    if request is not None or file is None:
        return complete(request), ""
    content, name = Path(file).read_bytes(), Path(file).name
    found = media.read_request(content, name)
    if found is None:
        raise PersonError(
            f"{shown(name, 80)} holds no request: send a file that the studio made, or JSON.",
            f"{shown(name, 80)} 中没有请求:请发送工作室生成的文件或 JSON。",
        )
    form = sniff(content, name)
    return complete(found), "" if form == "json" else form


def check(request: Any = None, file: str | None = None) -> list[dict[str, Any]]:
    """The validator: one sentence for HTTP 422, or nothing."""
    try:
        asked(request, file)
    except PersonError as error:
        return [gr.validate(False, str(error)), gr.validate(True, "")]
    return [gr.validate(True, ""), gr.validate(True, "")]


def run(
    request: Any = None, file: str | None = None, caller: gr.Request = None
) -> tuple[str, dict[str, Any]]:
    """One whole piece of work -> (result file, facts: id, request, ms, note)."""
    try:
        whole, form = asked(request, file)
        host = getattr(getattr(caller, "client", None), "host", "") or "api"
        result = get_engine().run(whole, client=f"api/{host}")
        if result.error:
            raise PersonError(str(result.error), result.error.zh)
        if result.stopped:
            raise PersonError(str(result.note), result.note.zh)
        form = form or media.FORMS[result.kind][0]
        data = media.encode(result, form)
    except PersonError as error:
        raise gr.Error(str(error), print_exception=False) from None
    path = save_bytes_to_cache(data, file_name(whole, form), get_upload_folder())
    facts = {"id": request_id(whole), "request": whole.data(), "ms": result.ms}
    return path, {**facts, "note": str(whole.note) if whole.note else None}


def cards() -> list[dict[str, Any]]:
    """Every published model: its card and the declaration of its controls."""
    return [
        {**model.card.facts(), "controls": [c.describe() for c in model.controls]}
        for model in models().values()
    ]


def doors() -> None:
    """Hidden components and the two events; inside `gr.Blocks`."""
    request = gr.JSON(label="request", visible=False)
    file = gr.File(label="file", visible=False, type="filepath")
    result = gr.File(label="result", visible=False)
    facts = gr.JSON(label="facts", visible=False)
    listed = gr.JSON(label="models", visible=False)
    gr.Button(visible=False).click(
        cards,
        None,
        listed,
        api_name="models",
        api_description="Every published model: its card and its controls.",
        api_visibility="public",
        show_progress="hidden",
    )
    gr.Button(visible=False).click(
        run,
        [request, file],
        [result, facts],
        validator=check,
        api_name="run",
        api_description="Answers one request (JSON: model, seed, controls) with a file; the same "
        "request gives the same bytes.",
        api_visibility="public",
        show_progress="hidden",
        concurrency_limit=AT_ONCE,
    )
