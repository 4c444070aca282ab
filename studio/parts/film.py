"""A walk through several results as one moving picture."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from studio.live import answering, client_of
from studio.media import films
from studio.media.statement import Statement
from studio.parts.between import walk
from studio.parts.jobs import Job, start
from studio.parts.several import checked
from studio.requests import Request
from studio.sentences import PersonError

KEYS = 16  # results that a walk may lead through
SECONDS = (1, 30)
RATE = 20.0  # pictures a second
LONGEST = 240  # pictures of one film; a longer walk takes fewer a second
SCALES = (1, 2, 4, 8)


@answering
async def film(data: dict[str, Any]) -> dict[str, Any]:
    """{keys: [requests], seconds, form, scale, back, client} -> {name, mime, data}.

    A job where it is slow. `back`: it returns to its start, so that it loops without a jump.
    """
    keys, client = checked(data.get("keys"), KEYS), client_of(data)
    if len(keys) < 2:
        raise PersonError("A walk needs two results at least.", "渐变至少需要两个结果。")
    seconds, scale, form = data.get("seconds", 4), data.get("scale", 4), str(data.get("form"))
    low, high = SECONDS
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        seconds = 0
    if not low <= seconds <= high:
        raise PersonError(
            f"A film lasts {low} to {high} seconds.", f"动画时长为 {low} 到 {high} 秒。"
        )
    if scale not in SCALES:
        raise PersonError("A film is enlarged 1, 2, 4 or 8 times.", "动画可放大 1、2、4 或 8 倍。")

    def work(job: Job) -> dict[str, Any]:
        frames, rate = shoot(keys, float(seconds), bool(data.get("back")), job)
        made = films.encode(frames, form, rate, int(scale), Statement.of(keys[0]))
        short, digest = keys[0].model.split("/")[-1], hashlib.sha256(made).hexdigest()[:6]
        return {
            "name": f"{short}-walk-{digest}.{form}",
            "mime": films.FORMS[form],
            "data": base64.b64encode(made).decode(),
        }

    films.check(form)  # refuses before any work is done
    return await start(work, client)


def shoot(keys: list[Request], seconds: float, back: bool, job: Job) -> tuple[list[Any], float]:
    """Pictures and how many a second; each rendered alone: the same walk, the same bytes."""
    count = min(round(seconds * RATE), LONGEST)
    rate = count / seconds
    there = count // 2 + 1 if back else count
    steps = walk(keys, max(there, 2))
    frames = [result.value for result in job.results(steps)]
    if back:
        frames += frames[-2:0:-1]
    return frames, rate
