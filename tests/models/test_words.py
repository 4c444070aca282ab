"""Text families: what they declare is true of what they write; they learn and go on."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from models import train
from models.answer import answer, default_asked
from models.family import Choice, Family, Pad, Slider, TextLine
from models.learning import pause
from models.registry import families
from models.values import Text

TEXTS = [f for f in families().values() if f.gives == "text"]
LOOPS = [f.id for f in TEXTS if f.id.startswith("words/")]


def named(family: Family) -> str:
    return family.id


@lru_cache(maxsize=16)
def tiny(name: str) -> tuple[Family, Any, torch.nn.Module]:
    """A tiny twin; its directions are set apart, since only training finds them."""
    family = families()[name]
    config = family.tiny()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        network = family.build(config)
    for parameter in network.parameters():
        parameter.data.mul_(3)  # random weights of the usual size know no difference
    if hasattr(network, "directions"):
        network.directions.copy_(torch.eye(*network.directions.shape))
    return family, config, network.eval()


def ask(name: str, seed: int = 5, **controls: Any) -> Text:
    family, config, network = tiny(name)
    asked = default_asked(family, config, seed, **controls)
    with torch.inference_mode():
        *_, (fraction, made) = answer(network, family, config, [asked])
    assert fraction == 1.0
    return made[0]


def ends(control: Any) -> list[Any]:
    if isinstance(control, Slider):
        return [control.low, control.high, control.low + control.step]
    if isinstance(control, Choice):
        return [value for value, _ in control.options]
    if isinstance(control, Pad):
        return [[control.low, control.high], [0.5, -0.5]]
    assert isinstance(control, TextLine)
    return ["a b c", " d e f", "n4 不 \U0001f600", "x" * control.longest]


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_ends_of_every_control_give_whole_texts(family: Family) -> None:
    for control in family.controls(tiny(family.id)[1]):
        for end in ends(control):
            text = ask(family.id, **{control.name: end})
            assert "".join(t.text for t in text.tokens).strip("\n") == text.text
            for token in text.tokens:
                assert 0 <= token.chance <= 1 and all(0 <= p <= 1 for _, p in token.others)


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_every_control_changes_the_text(family: Family) -> None:
    """At the defaults, or once another control is set."""
    _, config, _ = tiny(family.id)
    controls = family.controls(config)
    bases: list[dict] = [{}, *({o.name: e} for o in controls for e in ends(o)[:2])]
    for control in controls:
        found = any(
            ask(family.id, **base).text != ask(family.id, **{**base, control.name: end}).text
            for base in bases
            if control.name not in base
            for end in ends(control)
        )
        assert found, f"{control.name} changes nothing"


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_the_same_request_the_same_words_and_other_seeds_others(family: Family) -> None:
    texts = [ask(family.id, seed, temperature=1.0) for seed in (1, 2, 3, 2**31 - 1)]
    assert texts[0] == ask(family.id, 1, temperature=1.0)
    assert len({text.text for text in texts}) > 1


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_several_requests_at_once_are_each_alone(family: Family) -> None:
    _, config, network = tiny(family.id)
    asked = [default_asked(family, config, seed, temperature=0.9) for seed in (1, 2, 3)]
    with torch.inference_mode():
        *_, (_, together) = answer(network, family, config, asked)
    assert together == [ask(family.id, seed, temperature=0.9) for seed in (1, 2, 3)]


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_one_request_is_told_piece_by_piece(family: Family) -> None:
    _, config, network = tiny(family.id)
    asked = default_asked(family, config, 1, temperature=1.0)
    with torch.inference_mode():
        steps = list(answer(network, family, config, [asked]))
    assert len(steps) > 2 and all(a[0] <= b[0] for a, b in pairwise(steps))
    whole = steps[-1][1][0]
    for _, (text,) in steps:
        assert whole.tokens[: len(text.tokens)] == text.tokens


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of small sentences, and a place for runs outside the project."""
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    monkeypatch.setattr(pause, "RUNS", tmp_path / "runs")
    rng = np.random.default_rng(0)
    who, what = ("a dog", "the cat", "my bird", "one fox"), ("runs", "sleeps", "sings", "eats")
    lines = [f"{who[a]} {what[b]} {c}." for a, b, c in rng.integers(0, 4, (300, 3))]
    lines = [f"{line[:-1]} and {i}." for i, line in enumerate(lines)]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "lines.txt").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def learn(family: str, own, *more: str) -> dict:
    """Train a little; the state that was left."""
    words = [family, "--data", str(own / "texts"), "--tiny", "--device", "cpu"]
    assert train.main([*words, "--steps", "20", *more]) == 0
    (folder,) = (own / "runs").glob(f"{family.replace('/', '-')}-*")
    return {"folder": folder, **torch.load(folder / "state.pt", weights_only=True)}


@pytest.mark.parametrize("family", LOOPS)
def test_learns_a_little_and_goes_on(family: str, own) -> None:
    first = learn(family, own)
    assert first["seen"] > 0
    for row in first["rows"]:
        assert all(np.isfinite(value) for value in row.values())
    assert (first["folder"] / "sheet.txt").read_text("utf-8").strip()
    plan = json.loads((first["folder"] / "job.json").read_text("utf-8"))
    network = families()[family].build(families()[family].config(plan["config"]))
    network.load_state_dict(first["parts"]["average"])
    pieces = network.vocabulary.pieces
    assert "x" in pieces and " b" not in pieces, "the letters of its own data"
    second = learn(family, own, "--resume")
    if second["step"] == first["step"]:
        return  # fitted in one step
    assert second["step"] > first["step"] and second["spent"] > first["spent"]
    spelling = [s["parts"]["average"]["spelling"] for s in (first, second)]
    assert torch.equal(*spelling), "a resumed run keeps its vocabulary"
