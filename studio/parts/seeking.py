"""A person's picture for models without an encoder: the nearest spot is looked for, as a run."""

from __future__ import annotations

import asyncio
from typing import Any

from models.family import Code
from studio import media
from studio.catalogue import published
from studio.live import answering, client_of, value_of, words
from studio.requests import complete
from studio.results import Result
from studio.runs import RUNS
from studio.sentences import PersonError


@answering
async def seek(data: dict[str, Any]) -> dict[str, Any]:
    """{request, file: {name, size, sha256}, client} -> {run}: the file was dropped before."""
    request, client = complete(data.get("request")), client_of(data)
    model, file = published(request.model), data.get("file")
    if not any(isinstance(c, Code) for c in model.controls):
        raise PersonError(
            f"{model.card.title.en} has no place for your own picture.",
            f"{model.card.title.zh}无法放入您自己的图片。",
        )
    if not isinstance(file, dict) or not isinstance(file.get("sha256"), str):
        raise PersonError("Drop a picture first.", "请先放入一张图片。")
    named = {"name": str(file.get("name"))[:255], "size": 0, "sha256": file["sha256"]}
    return {"run": RUNS.begin(request, client, named)}


@answering
async def sought(data: dict[str, Any]) -> dict[str, Any]:
    """{run, client, seen} -> {seen, fraction, seconds_left, picture}; at the end {seen, picture,
    controls, note}, or {seen, done} where nothing was found yet. A run that nobody follows is
    stopped."""
    seen = data.get("seen")
    run = RUNS.find(data.get("run"), client_of(data))
    count, news = await run.after(seen if isinstance(seen, int) else 0)
    if isinstance(news, Result):
        found = value_of(news).value
        if found is None:
            return {"seen": count, "done": True}
        shown = await asyncio.to_thread(media.show, "picture", found.picture)
        return {"seen": count, **shown, "controls": found.controls, "note": words(news.note)}
    shown = media.show("picture", news.preview.picture) if news.preview else {}
    facts = {"fraction": news.fraction, "seconds_left": news.seconds_left, "ahead": news.ahead}
    return {"seen": count, **facts, **shown}
