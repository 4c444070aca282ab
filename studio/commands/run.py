"""python -m studio run: one request, one file."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from models.family import Control, Pad, SecondSeed, Slider, Switch
from studio import media
from studio.catalogue import Published, published
from studio.commands import Parser
from studio.requests import Request, complete, parse, request_id, unpack
from studio.results import Progress, Result
from studio.sentences import PersonError, shown

SWITCH = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}
EXAMPLE = "example: python -m studio run pictures/dcgan-cats --seed 7 --set place=1.5,-2 -o cat.png"


def main(words: list[str]) -> int:
    """Answer one request and write the file, which carries the request."""
    asked = _parser().parse_args(words)
    files: dict[str, bytes] = {}
    request = complete(_raw(asked, files))
    form = _form(asked.out, request)
    result = _answer(request, files, asked)
    if result.error:
        raise PersonError(str(result.error))
    data = media.encode(result, form, files)
    try:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_bytes(data)
    except OSError as error:
        raise PersonError(f"{asked.out} cannot be written ({error.strerror}).") from None
    _tell(asked, result, data)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser("run", f"{main.__doc__} {EXAMPLE}")
    add = parser.add_argument
    add("model", nargs="?", help="a published model (python -m studio models)")
    add("--seed", help="a whole number from 0 to 2147483647 (default 0)")
    add("--set", action="append", default=[], metavar="CONTROL=VALUE", help="a control's value")
    add(
        "--in",
        action="append",
        default=[],
        metavar="FILE",
        dest="given",
        help="a file that the model takes in, or NAME=FILE where it takes several",
    )
    add("--request", metavar="REQUEST", help="run again: a file of ours, JSON, or a link")
    add("-o", "--out", type=Path, required=True, help="the file to write; its ending says the form")
    add("--device", default="auto", help="auto, cpu, cuda")
    add("--json", action="store_true", help="print the result's facts as JSON")
    return parser


def _raw(asked: argparse.Namespace, files: dict[str, bytes]) -> dict[str, Any]:
    """The raw request that the options describe; what is given goes over what is run again."""
    raw = _again(asked.request) if asked.request else {}
    if asked.model:
        raw["model"] = asked.model
    elif not raw:
        raise PersonError(f"Name a model or give --request; {EXAMPLE}.")
    if asked.seed is not None:
        raw["seed"] = _number(asked.seed)
    if asked.set:
        model = published(raw.get("model"))
        raw["controls"] = {**_mapping(raw, "controls"), **dict(_pair(p, model) for p in asked.set)}
    if asked.given:
        _take_in(asked.given, raw, files)
    return raw


def _again(text: str) -> dict[str, Any]:
    """The raw request in a file of ours, in JSON or in a link."""
    if text.lstrip().startswith("{"):
        return parse(text)
    if "://" in text or not Path(text[:4096]).is_file():
        if "://" not in text and Path(text[:4096]).suffix:
            raise PersonError(f"There is no file {shown(text, 80)}.")
        return unpack(text)
    found = media.read_request(_read(text), Path(text).name)
    if found is None:
        raise PersonError(f"{shown(Path(text).name, 80)} carries no request of ours.")
    return found


def _pair(text: str, model: Published) -> tuple[str, Any]:
    """CONTROL=VALUE; an unknown control passes, for the checker to name it."""
    name, equals, value = text.partition("=")
    if not equals:
        raise PersonError(f"--set wants CONTROL=VALUE, not {shown(text)}.")
    return name, _value(value, next((c for c in model.controls if c.name == name), None))


def _value(text: str, control: Control | None) -> Any:
    """A word of the command line as the control's type; what does not fit stays text, which the
    checker then refuses with the control's range."""
    match control:
        case Slider() | SecondSeed():
            return _number(text)
        case Pad():
            return [_number(part) for part in text.strip("[]").split(",")]
        case Switch():
            return SWITCH.get(text.lower(), text)
    return text


def _number(text: str) -> Any:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _mapping(raw: dict[str, Any], key: str) -> dict[str, Any]:
    return raw[key] if isinstance(raw.get(key), dict) else {}


def _take_in(given: list[str], raw: dict[str, Any], files: dict[str, bytes]) -> None:
    """Every FILE or NAME=FILE becomes an input, held by its hash.

    Without a name, a file goes where the request waits for it by hash, or else to the inputs
    that are still free, in the declaration's order.
    """
    model = published(raw.get("model"))
    names = [t.name for t in model.family.takes]
    inputs = dict(_mapping(raw, "inputs"))
    named, plain = {}, []
    for text in given:
        name, equals, path = text.partition("=")
        if equals and name in names:
            named[name] = path
        else:
            plain.append(text)
    waiting = {v["sha256"] for v in inputs.values() if isinstance(v, dict) and "sha256" in v}
    free = [n for n in names if n not in named and n not in inputs] or names
    for path in plain:
        data = _read(path)
        if (digest := hashlib.sha256(data).hexdigest()) in waiting:
            files[digest] = data
        elif not free:
            raise PersonError(f"{model.card.id} takes in no further file: {shown(path, 80)}.")
        else:
            named[free.pop(0)] = path
    for name, path in named.items():
        inputs[name] = _reference(path, files)
    raw["inputs"] = inputs


def _reference(path: str, files: dict[str, bytes]) -> dict[str, Any]:
    data = _read(path)
    digest = hashlib.sha256(data).hexdigest()
    files[digest] = data
    return {"name": Path(path).name, "size": len(data), "sha256": digest}


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise PersonError(f"{shown(path, 80)} cannot be read ({error.strerror}).") from None


def _form(out: Path, request: Request) -> str:
    """The form of a file by its ending, checked before any work is done."""
    forms = media.FORMS.get(published(request.model).family.gives, ())
    form = {"jpg": "jpeg"}.get(out.suffix[1:].lower(), out.suffix[1:].lower())
    if form not in forms:
        endings = ", ".join(f".{f}" for f in forms)
        raise PersonError(f"-o {shown(out.name, 80)} must end in one of {endings}.")
    return form


def _answer(request: Request, files: dict[str, bytes], asked: argparse.Namespace) -> Result:
    from studio.engine import Engine

    def progress(now: Progress) -> None:
        if sys.stderr.isatty() and now.seconds_left:
            print(f"\r{now.fraction:4.0%}, {now.seconds_left:.0f} s left ", end="", file=sys.stderr)

    engine = Engine(asked.device)
    try:
        return engine.run(request, progress, files=files)
    except KeyboardInterrupt:
        raise PersonError("Stopped.") from None
    finally:
        engine.close()


def _tell(asked: argparse.Namespace, result: Result, data: bytes) -> None:
    """What was made, in one line."""
    request = result.request
    facts = {
        "file": str(asked.out),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "id": request_id(request),
        "ms": round(result.ms, 2),
        "note": result.note,
        "request": request.data(),
    }
    if asked.json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    note = f" {result.note}" if result.note else ""
    print(f"{asked.out}: {request.model}, seed {request.seed}, {result.ms:.0f} ms.{note}")
