"""The way from one request to another: numbers glide, seeds are walked between, choices switch."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from models.family import Code, Control, Pad, SecondSeed, Slider
from studio.catalogue import published
from studio.live import answering
from studio.parts.several import MOST, checked
from studio.requests import Request, complete
from studio.sentences import PersonError

SHARE = "between"  # the control that says how far towards the second seed
NUMBERS = (Slider, Pad)


@answering
async def between(data: dict[str, Any]) -> dict[str, Any]:
    """{ends: [request, request], steps} -> {requests: [...]}: both ends and what lies between."""
    start, end = checked_pair(data.get("ends"))
    steps = data.get("steps")
    if not isinstance(steps, int) or not 2 <= steps <= MOST:
        raise PersonError(
            f"A walk is shown in 2 to {MOST} steps.", f"渐变可以显示 2 到 {MOST} 步。"
        )
    return {"requests": [complete(r.data()).data() for r in walk([start, end], steps)]}


def checked_pair(raw: Any) -> list[Request]:
    """Exactly two checked requests."""
    pair = checked(raw, 2)
    if len(pair) != 2:
        raise PersonError("A walk needs two ends.", "渐变需要两个端点。")
    return pair


def walk(keys: Sequence[Request], count: int) -> list[Request]:
    """`count` requests along `keys`, the first and the last key included.

    Their numbers are not on the controls' steps: `complete` brings them there.
    """
    spots = np.linspace(0, len(keys) - 1, count)
    legs = np.minimum(spots.astype(int), len(keys) - 2)
    return [mix(keys[i], keys[i + 1], float(t - i)) for i, t in zip(legs, spots, strict=True)]


def mix(a: Request, b: Request, t: float) -> Request:
    """The request a part `t` (0..1) of the way from `a` to `b`.

    PersonError where the two cannot be joined: other models or inputs, or an end that lies between
    two seeds itself.
    """
    if a.model != b.model or a.inputs != b.inputs:
        raise PersonError(
            "A walk leads between two results of one model that start from the same picture.",
            "渐变的两端须来自同一模型,且使用同一张图片。",
        )
    if t in (0, 1):
        return b if t else a
    declared = published(a.model).controls
    own = next((c.name for c in declared if isinstance(c, Code)), None)
    if own and b.controls[own] and not a.controls[own]:
        return mix(b, a, 1 - t)  # the spot that was found is an end that only `a` can be
    controls = {c.name: _value(c, a.controls[c.name], b.controls[c.name], t) for c in declared}
    second = next((c for c in declared if isinstance(c, SecondSeed) and c.walked), None)
    both = own and a.controls[own] and b.controls[own]
    found = own and a.controls[own] and not b.controls[own]
    if found or (a.seed != b.seed and not both):
        controls |= _towards(second, a, b, t)
        if own:
            controls[own] = a.controls[own]
    return a.model_copy(update={"controls": controls})


def _towards(second: SecondSeed | None, a: Request, b: Request, t: float) -> dict[str, Any]:
    if second is None:
        raise PersonError(
            "This model cannot walk between two seeds.", "此模型不能在两个种子之间渐变。"
        )
    if a.controls[second.walked] or b.controls[second.walked]:
        label = next(c.label for c in published(a.model).controls if c.name == second.walked)
        raise PersonError(
            "An end that lies between two seeds itself cannot be joined to a third one: set "
            f"“{label.en}” to 0 first.",
            f"端点本身已在两个种子之间,无法再与第三个种子相连:请先将“{label.zh}”设为 0。",
        )
    return {second.name: b.seed, second.walked: t}


def _value(control: Control, a: Any, b: Any, t: float) -> Any:
    if isinstance(control, Pad):
        return [_number(p, q, t) for p, q in zip(a, b, strict=True)]
    if isinstance(control, Slider):
        return _number(a, b, t)
    if isinstance(control, Code) and a and b:
        return join(control, a, b, t)
    return a if t < 0.5 else b


def _number(a: float, b: float, t: float) -> float:
    """Exactly `a` and `b` at the ends."""
    return a if t == 0 else b if t == 1 else a + (b - a) * t


def join(control: Code, a: str, b: str, t: float) -> str:
    """Two found spots, mixed."""
    if t in (0, 1) or a == b:
        return b if t == 1 else a
    first, second = (np.frombuffer(base64.urlsafe_b64decode(c), "<f2") for c in (a, b))
    mixed = (1 - t) * first.astype(np.float32) + t * second.astype(np.float32)
    return base64.urlsafe_b64encode(mixed.astype("<f2").tobytes()).decode()
