"""python -m studio doctor: is everything here, and does every model keep its promises?"""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from studio.commands import Parser

PACKAGES = ("torch", "gradio", "numpy", "pillow", "safetensors", "pydantic", "torchaudio", "scipy")


def main(words: list[str]) -> int:
    """Versions, device, data, and each card: loads, hash, golden sample. Exit 1 on any fault."""
    parser = Parser("doctor", main.__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda")
    asked = parser.parse_args(words)
    report = examine(asked.device)
    if asked.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        _tell(report)
    return 0 if report["ok"] else 1


def examine(device: str = "auto") -> dict[str, Any]:
    """{ok, versions, device, data, models: [{model, ok, faults, ...}]} as JSON data."""
    from models.data.sources import SOURCES, data_folder
    from studio.answers import Answers

    folder = data_folder()
    answers = Answers(device, None)
    models = _models(answers)
    return {
        "ok": all(m["ok"] for m in models),
        "versions": {"python": platform.python_version(), **_versions()},
        "device": str(answers.device),
        "data": {name: (folder / s.file).exists() for name, s in SOURCES.items()},
        "models": models,
    }


def _versions() -> dict[str, str | None]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def _models(answers: Any) -> list[dict[str, Any]]:
    from models.registry import cards
    from studio.catalogue import models

    known = models()
    rows = []
    for name, card in cards().items():
        if name in known:
            rows.append(_examine(known[name], answers))
        else:
            fault = f"the card does not fit its family {card.family}, or there is none"
            rows.append({"model": name, "ok": False, "faults": [fault]})
    return rows


def _examine(model: Any, answers: Any) -> dict[str, Any]:
    from models.weights import FILE, weights_hash

    card, faults = model.card, []
    try:
        if weights_hash(card.folder / FILE) != card.weights_sha256:
            faults.append("the weights are not those of the card")
        if card.golden:
            faults += _golden(model, answers)
        else:
            answers.networks.get(model)
    except Exception as error:  # a doctor names every illness and goes on to the next patient
        faults.append(f"{type(error).__name__}: {error}")
    faults += [f"the card has no {k}" for k in ("licence", "command") if not getattr(card, k)]
    return {
        "model": card.id,
        "revision": card.revision,
        "ok": not faults,
        "faults": faults,
    }


def _golden(model: Any, answers: Any) -> list[str]:
    """What the golden sample says against these weights on this machine."""
    from models.golden import GOLDEN, golden_value

    card, kind = model.card, GOLDEN[model.family.gives]
    network = answers.networks.get(model)
    value = golden_value(model.family, model.config, network, answers.device, card.golden["seed"])
    wrong = kind.differs(value, card.folder / card.golden["file"])
    return [f"the golden sample is not what it was: {wrong}"] if wrong else []


def _tell(report: dict[str, Any]) -> None:
    print("  ".join(f"{name} {number or 'missing'}" for name, number in report["versions"].items()))
    print(f"device {report['device']}")
    print("  ".join(f"data {n}: {'yes' if y else 'no'}" for n, y in report["data"].items()))
    for row in report["models"]:
        print(f"{'ok   ' if row['ok'] else 'FAULT'} {row['model']}  {'; '.join(row['faults'])}")
