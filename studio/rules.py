"""From declared controls to checked values: types, ranges and steps, with one sentence a fault."""

from __future__ import annotations

import base64
import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
)

from models.family import Choice, Code, Control, Pad, SecondSeed, Slider, Switch, TextLine, Words
from studio.sentences import PersonError, plain, shown

LARGEST_SEED = 2**31 - 1  # a page, a link and a 32-bit reader all hold it
FARTHEST = 16.0  # of a found spot's numbers, which are about 1
DUST = 1e-6  # of a step: what floating-point sums leave behind is no mistake of a person


class Controls:
    """The checker of one model's controls, built once from their declarations with pydantic."""

    def __init__(self, controls: Sequence[Control]) -> None:
        self.declared = {c.name: c for c in controls}
        # Aliases, so that a control may be called `copy` or `json` as the class's methods are.
        fields = {
            f"control_{i}": (kind, Field(default, alias=c.name, description=c.help.en))
            for i, c in enumerate(controls)
            for kind, default in [_field(c)]
        }
        config = ConfigDict(extra="forbid", validate_default=True)
        self.model = create_model("Controls", __config__=config, **fields)

    def check(self, given: Mapping[str, Any], model: str) -> dict[str, Any]:
        """Every control with its value: defaults filled in, numbers on their step.

        PersonError names the control, the value and the range.
        """
        if not isinstance(given, Mapping):
            raise PersonError(
                f"controls must be names with values, not {shown(given)}.",
                f"controls 必须是“名称: 值”的对应表,而不是 {shown(given)}。",
            )
        try:
            # model_validate on a plain dict: keys that are no strings are unknown keys
            checked = self.model.model_validate({str(k): v for k, v in given.items()})
            return dict(zip(self.declared, checked.__dict__.values(), strict=True))
        except ValidationError as error:
            fault = error.errors(include_url=False, include_context=False)[0]
        name = str(fault["loc"][0])
        if name not in self.declared:
            raise unknown(name, Words("control", "控件"), self.declared, Words(model, model))
        raise _refusal(self.declared[name], given[name])


def unknown(name: str, thing: Words, known: Mapping[str, Any], where: Words) -> PersonError:
    """The sentence for a key that nobody declared."""
    names = ", ".join(known) or "none"
    return PersonError(
        f"{shown(name)} is no {thing.en} of {where.en}; it has {names}.",
        f"{where.zh}没有名为 {shown(name)} 的{thing.zh};可用的有:{', '.join(known) or '无'}。",
    )


def _field(control: Control) -> tuple[Any, Any]:
    """(annotation, default) of one control for pydantic."""
    match control:
        case Slider():
            return _number(control), control.default
        case Pad():
            pair = Annotated[
                list[_number(control)],
                BeforeValidator(lambda v: list(v) if isinstance(v, tuple) else v),
                Field(strict=True, min_length=2, max_length=2),
            ]
            return pair, list(control.default)
        case Choice():
            return Literal[tuple(value for value, _ in control.options)], control.default
        case Switch():
            return Annotated[bool, Field(strict=True)], control.default
        case TextLine():
            line = Annotated[
                str,
                Field(strict=True),
                AfterValidator(_one_line),
                Field(max_length=control.longest),
            ]
            return line, control.default
        case SecondSeed():
            whole = Annotated[
                int,
                BeforeValidator(lambda v: int(v) if isinstance(v, float) and v.is_integer() else v),
                Field(strict=True, ge=0, le=LARGEST_SEED),
            ]
            return whole, control.default
        case Code():
            return Annotated[str, Field(strict=True), AfterValidator(_spot(control.size))], ""
    raise TypeError(f"{type(control).__name__} is not a kind of control that can be checked.")


def _spot(size: int) -> Callable[[str], str]:
    """Nothing, or `size` finite numbers in half precision as base64url."""

    def check(code: str) -> str:
        if len(code) > 4 * size + 4:
            raise ValueError("too long")
        numbers = np.frombuffer(base64.b64decode(code, b"-_", validate=True), "<f2")
        if code and (numbers.size != size or not (np.abs(numbers) <= FARTHEST).all()):
            raise ValueError("no spot of this latent")
        return code

    return check


def _number(control: Slider | Pad) -> Any:
    dust = control.step * DUST
    return Annotated[
        float,
        Field(strict=True, allow_inf_nan=False, ge=control.low - dust, le=control.high + dust),
        AfterValidator(_snap(control.low, control.high, control.step)),
    ]


def _snap(low: float, high: float, step: float) -> Callable[[float], float]:
    """To the nearest low + k * step, as the decimal number a person would write."""
    digits = max(_decimals(low), _decimals(step))
    last = math.floor((high - low) / step + DUST)

    def snap(value: float) -> float:
        k = min(max(round((value - low) / step), 0), last)
        return round(low + k * step, digits) + 0.0  # + 0.0 turns -0.0 into 0.0

    return snap


def _decimals(number: float) -> int:
    return max(0, -Decimal(repr(number)).normalize().as_tuple().exponent)


def _one_line(text: str) -> str:
    """NFC, so that the same letters are the same text; no line breaks or control characters."""
    text = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text):
        raise ValueError("not one line of text")
    return text


def _refusal(control: Control, value: Any) -> PersonError:
    """What the control takes, and what it was given."""
    en, zh = f"{control.label.en} ({control.name})", f"“{control.label.zh}”({control.name})"
    got, got_zh = f"not {shown(value)}", f"收到的是 {shown(value)}"
    match control:
        case Slider():
            unit = f" {control.unit}" if control.unit else ""
            span = f"{plain(control.low)} to {plain(control.high)}{unit}"
            span_zh = f"{plain(control.low)} 到 {plain(control.high)}{unit}"
            return PersonError(
                f"{en} must be a number from {span}, {got}.",
                f"{zh}必须是 {span_zh} 之间的数,{got_zh}。",
            )
        case Pad():
            span = f"from {plain(control.low)} to {plain(control.high)}"
            span_zh = f"{plain(control.low)} 到 {plain(control.high)}"
            return PersonError(
                f"{en} must be two numbers [x, y] {span}, {got}.",
                f"{zh}必须是 {span_zh} 之间的两个数 [x, y],{got_zh}。",
            )
        case Choice():
            names = ", ".join(v for v, _ in control.options)
            return PersonError(
                f"{en} must be one of {names}, {got}.", f"{zh}必须是以下之一:{names},{got_zh}。"
            )
        case Switch():
            return PersonError(
                f"{en} must be true or false, {got}.", f"{zh}必须是 true 或 false,{got_zh}。"
            )
        case TextLine():
            size = f" ({len(value)} characters)" if isinstance(value, str) else ""
            size_zh = f"({len(value)} 个字符)" if isinstance(value, str) else ""
            return PersonError(
                f"{en} must be one line of at most {control.longest} characters, {got}{size}.",
                f"{zh}必须是一行文字,最多 {control.longest} 个字符,{got_zh}{size_zh}。",
            )
        case SecondSeed():
            return PersonError(
                f"{en} must be a whole number from 0 to {LARGEST_SEED}, {got}.",
                f"{zh}必须是 0 到 {LARGEST_SEED} 的整数,{got_zh}。",
            )
        case Code():
            return PersonError(
                f"{en} must be {control.size} numbers in half precision as base64url, {got}.",
                f"{zh}必须是 {control.size} 个半精度数的 base64url 编码,{got_zh}。",
            )
    raise TypeError(f"{type(control).__name__} is not a kind of control that can be checked.")
