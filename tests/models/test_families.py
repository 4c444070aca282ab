"""Every family, because it exists: what it declares is true of the network that it builds."""

from __future__ import annotations

import dataclasses
import importlib
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
import torch

from models.answer import answer, default_asked
from models.family import (
    Asked,
    Choice,
    Code,
    Control,
    Family,
    Pad,
    SecondSeed,
    Slider,
    Switch,
    TextLine,
)
from models.layers.walk import encode
from models.registry import DOMAINS, HOME, families

FAMILIES = list(families().values())
PICTURES = [f for f in FAMILIES if f.gives == "picture"]
VISIBLE = 2 / 127.5  # two grey levels
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def named(family: Family) -> str:
    return family.id


@lru_cache(maxsize=64)
def tiny(name: str) -> tuple[Family, Any, torch.nn.Module]:
    """A family's tiny twin with random weights, settled as if it were published."""
    family = families()[name]
    config = family.tiny()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = family.build(config)
        family.finish(network, config)
    return family, config, network.eval()


def given(family: Family, which: bool = True) -> dict[str, Any]:
    """A picture for everything that the family takes in; `which`: optional ones too."""
    picture = np.random.default_rng(3).integers(0, 255, (24, 20, 3), dtype=np.uint8)
    return {t.name: picture for t in family.takes if t.required or which}


def ask(family: Family, config: Any, seed: int, full: bool = False, **controls: Any) -> Asked:
    asked = default_asked(family, config, seed, **controls)
    return asked._replace(inputs=given(family, full))


def paint(name: str, *asked: Asked) -> np.ndarray:
    """(batch, channels, height, width); the last step of a family that works in steps."""
    family, config, network = tiny(name)
    with torch.inference_mode():
        output = answer(network, family, config, asked)
        if isinstance(output, Iterator):
            *_, (_, output) = output
    return np.stack([np.asarray(picture, np.float32) for picture in output])


def ends(control: Control) -> list[Any]:
    """Every other setting of a choice or switch; the ends of a number; the corners of a pad."""
    if isinstance(control, Slider):
        return [control.low, control.high]
    if isinstance(control, Choice):
        return [value for value, _ in control.options]
    if isinstance(control, Pad):
        return [[control.low, control.high], [control.high + 0.0, 0.5]]
    if isinstance(control, Switch):
        return [False, True]
    if isinstance(control, SecondSeed):
        return [0, 2**31 - 1]
    if isinstance(control, Code):
        return ["", encode(np.linspace(-2, 2, control.size))]
    assert isinstance(control, TextLine)
    return ["", "a" * control.longest]


@pytest.mark.parametrize("family", FAMILIES, ids=named)
def test_the_network_is_true_to_its_configuration(family: Family) -> None:
    for config in (family.Config(), family.tiny()):
        again = family.config(json.loads(json.dumps(dataclasses.asdict(config))))
        assert again == config and hash(again) == hash(config)
    first, second = family.build(family.tiny()), family.build(again)
    second.load_state_dict(first.state_dict(), strict=True)
    size = sum(p.numel() for p in first.parameters())
    assert size <= 30_000, "a tiny twin makes tests quick"


@pytest.mark.parametrize("family", FAMILIES, ids=named)
def test_everything_is_said_in_two_languages(family: Family) -> None:
    phrases = [family.title, family.summary]
    controls = family.controls(family.tiny())
    phrases += [words for c in controls for words in (c.label, c.help)]
    phrases += [words for t in family.takes for words in (t.label, t.help)]
    for words in phrases:
        assert words.en and CHINESE.search(words.zh), words
    for choice in (c for c in controls if isinstance(c, Choice)):
        assert all(words.en and words.zh for _, words in choice.options)
    assert len({c.name for c in controls}) == len(controls)


@pytest.mark.parametrize("family", FAMILIES, ids=named)
def test_controls_start_where_they_may_stand(family: Family) -> None:
    for config in (family.Config(), family.tiny()):
        for control in family.controls(config):
            if isinstance(control, Slider):
                assert control.low <= control.default <= control.high and control.step > 0
                steps = (control.default - control.low) / control.step
                assert abs(steps - round(steps)) < 1e-6, f"{control.name} is off its grid"
            if isinstance(control, Choice):
                assert control.default in dict(control.options)


def test_ids_are_unique_and_name_their_folder() -> None:
    folders = [p.parent for d in DOMAINS for p in sorted((HOME / d).glob("*/family.py"))]
    assert folders
    for folder in folders:
        domain, name = folder.parent.name, folder.name
        module = importlib.import_module(f"models.{domain}.{name}.family")
        assert module.FAMILY.id == f"{domain}/{name}"
        assert len((folder / "family.py").read_text("utf-8").splitlines()) <= 120


@pytest.mark.parametrize("family", PICTURES, ids=named)
def test_gradients_reach_every_parameter(family: Family) -> None:
    _, config, network = tiny(family.id)
    if not list(network.parameters()):
        pytest.skip("is fitted, not trained")
    asked = [ask(family, config, seed, full=True) for seed in (1, 2, 3, 4)]
    asked += [ask(family, config, 5)]  # an own picture may take the place of what else is learned
    choices = [c for c in family.controls(config) if isinstance(c, Choice)]
    asked += [ask(family, config, 6, **{c.name: e}) for c in choices for e in ends(c)]
    for a in asked:
        noise = torch.from_numpy(np.stack([family.noise(config, a)]))
        output = family.generate(network, config, [a], noise)
        if isinstance(output, Iterator):
            pytest.skip("works in steps")
        sum(picture.square().sum() for picture in output).backward()
    learned = {n: p for n, p in network.named_parameters() if p.requires_grad}
    dead = [n for n, p in learned.items() if p.grad is None or not p.grad.any()]
    network.zero_grad()
    assert not dead


@pytest.mark.parametrize("family", PICTURES, ids=named)
def test_ends_of_every_control_give_finite_pictures(family: Family) -> None:
    _, config, _ = tiny(family.id)
    controls = family.controls(config)
    settings = [{}, {c.name: ends(c)[0] for c in controls}, {c.name: ends(c)[-1] for c in controls}]
    settings += [{c.name: end} for c in controls for end in ends(c)]
    for setting in settings:
        picture = paint(family.id, ask(family, config, 5, full=True, **setting))
        assert picture.ndim == 4 and picture.shape[1] in (1, 3, 4)
        assert np.isfinite(picture).all() and np.abs(picture).max() <= 1 + 1e-6, setting


@pytest.mark.parametrize("family", PICTURES, ids=named)
def test_a_batch_is_its_single_pictures(family: Family) -> None:
    _, config, _ = tiny(family.id)
    asked = [ask(family, config, seed) for seed in (1, 2, 3)]
    try:
        together = paint(family.id, *asked)
    except TypeError:
        pytest.skip("answers one at a time")
    alone = np.concatenate([paint(family.id, a) for a in asked])
    assert np.abs(together - alone).max() <= 1e-4
    assert np.abs(paint(family.id, asked[0]) - alone[:1]).max() == 0, "the same request, the same"


@pytest.mark.parametrize("family", PICTURES, ids=named)
def test_seeds_differ(family: Family) -> None:
    _, config, _ = tiny(family.id)
    noise = family.noise(config, ask(family, config, 1))
    if noise.size == 0:
        pytest.skip("draws nothing at random")
    pictures = [paint(family.id, ask(family, config, seed)) for seed in (1, 2, 2**31 - 1)]
    for other in pictures[1:]:
        assert np.abs(pictures[0] - other).max() > VISIBLE


def _changes(family: Family, config: Any, control: Control, base: dict, full: bool) -> bool:
    before = paint(family.id, ask(family, config, 5, full=full, **base))
    after = (
        paint(family.id, ask(family, config, 5, full, **{**base, control.name: e}))
        for e in ends(control)
    )
    return any(a.shape != before.shape or np.abs(a - before).max() > VISIBLE for a in after)


@pytest.mark.parametrize("family", PICTURES, ids=named)
def test_every_control_changes_the_picture(family: Family) -> None:
    """At the defaults, or, for what belongs to another control, once that one is set."""
    _, config, _ = tiny(family.id)
    controls = family.controls(config)
    bases: list[dict] = [{}, *({o.name: e} for o in controls for e in ends(o))]
    for control in controls:
        found = any(
            _changes(family, config, control, base, full)
            for full in ((False, True) if family.takes else (False,))
            for base in bases
            if control.name not in base
        )
        assert found, f"{control.name} changes nothing"
