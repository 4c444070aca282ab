"""Requests: everything that decides a result, checked in one place and written in one form."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, PrivateAttr

from models.family import Words
from studio.catalogue import Published, published
from studio.raw import DEEPEST, LIMIT, RequestError, measure, not_an_object, pack, parse, unpack
from studio.rules import LARGEST_SEED, unknown
from studio.sentences import PersonError, Sentence, shown

VERSION = 1
KEYS = ("version", "model", "revision", "seed", "controls", "inputs")
FILE_KEYS = ("name", "size", "sha256")

# An old version's request goes through every step after it: UPGRADES[1] makes a 1 into a 2.
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class Request(BaseModel):
    """A checked request. `controls` is complete and on its steps; `inputs` maps a name to
    {name, size, sha256} of a person's file or to a nested Request."""

    model_config = ConfigDict(frozen=True)

    version: int = VERSION
    model: str
    revision: str
    seed: int
    controls: dict[str, Any]
    inputs: dict[str, Any] = {}
    _note: Sentence | None = PrivateAttr(default=None)

    @property
    def note(self) -> Sentence | None:
        """What a person should know: made with an earlier version of the model."""
        return self._note

    def data(self) -> dict[str, Any]:
        """As JSON data; `complete` of it gives the same request."""
        inputs = {
            name: given.data() if isinstance(given, Request) else dict(given)
            for name, given in sorted(self.inputs.items())
        }
        facts = {k: getattr(self, k) for k in ("version", "model", "revision", "seed")}
        return {**facts, "controls": _tidy(self.controls), "inputs": inputs}


def complete(raw: Mapping[str, Any] | str | bytes, limit: int = LIMIT) -> Request:
    """Check everything against the family's declaration and fill in what was left out.

    RequestError says in one sentence what is wrong. Nothing is clipped: numbers inside their
    range go to the nearest step, all else is refused.
    """
    try:
        raw = parse(raw, limit) if isinstance(raw, str | bytes | bytearray) else raw
        measure(raw, limit)
        return _complete(raw, DEEPEST)
    except RequestError:
        raise
    except PersonError as error:
        raise RequestError(str(error), error.zh) from None


def canonical(request: Request) -> str:
    """The one way to write a request: sorted keys, no spaces, whole numbers without a fraction."""
    return _dump(request.data())


def request_id(request: Request) -> str:
    """SHA-256 of the canonical form, 64 hex digits: same meaning, same id.

    The name a person gave to a file decides nothing: files count by size and hash.
    """
    return hashlib.sha256(_dump(_nameless(request.data())).encode()).hexdigest()


def to_link(request: Request) -> str:
    """The request as a word for an address: deflated JSON in base64url."""
    return pack(canonical(request))


def from_link(text: str) -> Request:
    """A request from a link's word or from a whole address with `r=WORD` in it."""
    return complete(unpack(text))


def _complete(raw: Any, depth: int) -> Request:
    if not isinstance(raw, Mapping):
        raise not_an_object(raw)
    raw = _upgrade(dict(raw))
    for key in raw:
        if key not in KEYS:
            raise unknown(
                str(key), Words("part", "字段"), dict.fromkeys(KEYS), Words("a request", "请求")
            )
    model = published(raw.get("model"))
    card = model.card
    request = Request(
        model=card.id,
        revision=card.revision,
        seed=_seed(raw.get("seed", 0)),
        controls=model.rules.check(raw.get("controls", {}), card.id),
        inputs=_inputs(model, raw.get("inputs", {}), depth),
    )
    revision = raw.get("revision", card.revision)
    if not isinstance(revision, str) or len(revision) > 64:
        raise RequestError(
            f"revision must be the model's revision as text, not {shown(revision)}.",
            f"revision 必须是表示模型版本的文本,而不是 {shown(revision)}。",
        )
    if revision != card.revision:
        request._note = Sentence(
            "Made with an earlier version of this model: it may look different now.",
            "由该模型的早期版本生成:现在的结果可能有所不同。",
        )
    return request


def _upgrade(raw: dict[str, Any]) -> dict[str, Any]:
    version = raw.get("version", VERSION)
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise RequestError(
            f"version must be a whole number from 1 to {VERSION}, not {shown(version)}.",
            f"version 必须是 1 到 {VERSION} 的整数,而不是 {shown(version)}。",
        )
    if version > VERSION:
        raise RequestError(
            f"This request has version {shown(version)}, newer than this studio's {VERSION}: "
            "update the studio.",
            f"该请求的版本为 {shown(version)},高于本工作室的 {VERSION}:请更新工作室。",
        )
    while version < VERSION:
        raw = UPGRADES[version](raw)
        version += 1
    return raw


def _seed(seed: Any) -> int:
    whole = isinstance(seed, int) or (isinstance(seed, float) and seed.is_integer())
    if isinstance(seed, bool) or not whole or not 0 <= seed <= LARGEST_SEED:
        raise RequestError(
            f"seed must be a whole number from 0 to {LARGEST_SEED}, not {shown(seed)}.",
            f"seed 必须是 0 到 {LARGEST_SEED} 的整数,而不是 {shown(seed)}。",
        )
    return int(seed)


def _inputs(model: Published, given: Any, depth: int) -> dict[str, Any]:
    name = model.card.id
    takes = {t.name: t for t in model.family.takes}
    if not isinstance(given, Mapping):
        raise RequestError(
            f"inputs must be names with files or requests, not {shown(given)}.",
            f"inputs 必须是“名称: 文件或请求”的对应表,而不是 {shown(given)}。",
        )
    for key in given:
        if key not in takes:
            raise unknown(str(key), Words("input", "输入"), takes, Words(name, name))
    for key, take in takes.items():
        if take.required and key not in given:
            raise RequestError(
                f"{name} needs {take.label.en} ({key}): drop a file or send it a result.",
                f"{name} 需要“{take.label.zh}”({key}):请拖入文件或传入一个结果。",
            )
    return {key: _input(value, takes[key], depth) for key, value in sorted(given.items())}


def _input(value: Any, take: Any, depth: int) -> Any:
    if isinstance(value, Mapping) and "model" in value:
        if depth <= 1:
            raise RequestError(
                f"A chain may have {DEEPEST} requests; this one is longer: save a result on the "
                "way and go on from its file.",
                f"请求链最多 {DEEPEST} 级;请先保存中间结果再继续。",
            )
        inner = _complete(value, depth - 1)
        gives = published(inner.model).family.gives
        if gives != take.kind:
            raise RequestError(
                f"{take.label.en} ({take.name}) must be a {take.kind}; {inner.model} gives "
                f"{gives}.",
                f"“{take.label.zh}”({take.name})类型应为 {take.kind};"
                f"{inner.model} 给出的是 {gives}。",
            )
        return inner
    if isinstance(value, Mapping) and _is_file(value):
        return {k: value[k] for k in FILE_KEYS}
    raise RequestError(
        f"{take.label.en} ({take.name}) must be a dropped file (name, size, sha256) or a request, "
        f"not {shown(value)}; paths are not read.",
        f"“{take.label.zh}”({take.name})必须是拖入的文件(name、size、sha256)或一个请求,"
        f"而不是 {shown(value)};不会读取路径。",
    )


def _is_file(value: Mapping[str, Any]) -> bool:
    name, size, digest = (value.get(k) for k in FILE_KEYS)
    return (
        set(value) == set(FILE_KEYS)
        and isinstance(name, str)
        and 0 < len(name) <= 255
        and name.isprintable()
        and not re.search(r"[/\\]", name)
        and isinstance(size, int)
        and not isinstance(size, bool)
        and 0 <= size < 2**40
        and isinstance(digest, str)
        and re.fullmatch(r"[0-9a-f]{64}", digest) is not None
    )


def _tidy(value: Any) -> Any:
    """Whole numbers without a fraction, as JavaScript writes them too."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_tidy(v) for v in value]
    return {k: _tidy(v) for k, v in sorted(value.items())} if isinstance(value, dict) else value


def _nameless(data: dict[str, Any]) -> dict[str, Any]:
    inputs = {
        key: _nameless(given) if "model" in given else {k: given[k] for k in ("size", "sha256")}
        for key, given in data["inputs"].items()
    }
    return {**data, "inputs": inputs}


def _dump(data: dict[str, Any]) -> str:
    return json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
