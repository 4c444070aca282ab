"""One check and one form for requests, whatever comes in."""

import json
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.family import Pad, Slider
from studio import requests
from studio.catalogue import models, published
from studio.raw import DEEPEST, LIMIT
from studio.requests import (
    LARGEST_SEED,
    RequestError,
    canonical,
    complete,
    from_link,
    request_id,
    to_link,
)

TOY, ODD, NEGATIVE = "pictures/dcgan-toy", "pictures/odd-toy", "style/negative-toy"
FILE = {"name": "my cat.png", "size": 12, "sha256": "a" * 64}
quick = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def refused(raw, *words) -> str:
    """The sentence that refuses `raw`: one line, both languages, with all these words in it."""
    with pytest.raises(RequestError) as caught:
        complete(raw)
    sentence, chinese = str(caught.value), caught.value.zh
    assert "\n" not in sentence and sentence.endswith(".") and len(sentence) < 400
    assert any("\u4e00" <= c <= "\u9fff" for c in chinese) and chinese.endswith("。")
    for word in words:
        assert word in sentence, sentence
    return sentence


def test_defaults_are_filled_in(tiny_root) -> None:
    request = complete({"model": TOY})
    model = published(TOY)
    assert request.seed == 0 and request.revision == model.card.revision and request.note is None
    assert set(request.controls) == {c.name for c in model.controls}
    assert request.controls["spread"] == 0.8 and request.controls["place"] == [0.0, 0.0]


@pytest.mark.parametrize(
    "one, other",
    [
        ({"seed": 7}, {"seed": 7.0}),
        ({"controls": {"spread": 0.8}}, {}),
        ({"controls": {"spread": 1}}, {"controls": {"spread": 1.0}}),
        ({"controls": {"spread": 0.1 + 0.2}}, {"controls": {"spread": 0.3}}),
        ({"controls": {"spread": 0.82}}, {"controls": {"spread": 0.8}}),
        ({"controls": {"place": [0.0, -0.0]}}, {"controls": {"place": (0, 0)}}),
        ({"controls": {"direction_1": -0.04}}, {}),
        ({"revision": "an earlier one"}, {}),
        ({"version": 1, "inputs": {}}, {}),
    ],
)
def test_same_meaning_same_id(tiny_root, one, other) -> None:
    one, other = complete({"model": TOY, **one}), complete({"model": TOY, **other})
    assert canonical(one) == canonical(other) and request_id(one) == request_id(other)


def test_different_meaning_different_id(tiny_root) -> None:
    raws = [{}, {"seed": 1}, {"controls": {"spread": 0.85}}, {"controls": {"place": [0, 0.01]}}]
    assert len({request_id(complete({"model": TOY, **raw})) for raw in raws}) == len(raws)
    assert request_id(complete({"model": "pictures/pca-toy"})) != request_id(
        complete({"model": TOY})
    )


def test_a_files_name_decides_nothing(odd_root) -> None:
    one = complete({"model": NEGATIVE, "inputs": {"picture": FILE}})
    other = complete({"model": NEGATIVE, "inputs": {"picture": {**FILE, "name": "b.png"}}})
    third = complete({"model": NEGATIVE, "inputs": {"picture": {**FILE, "sha256": "b" * 64}}})
    assert request_id(one) == request_id(other) != request_id(third)
    assert from_link(to_link(one)).inputs["picture"]["name"] == "my cat.png"


@pytest.mark.parametrize(
    "raw, words",
    [
        ({}, ["names its model", "null"]),
        ({"model": 3}, ["names its model", "3"]),
        ({"model": "pictures/dcgan-tyo"}, ["closest is pictures/dcgan-toy"]),
        ({"model": TOY, "seed": True}, ["seed", "true", str(LARGEST_SEED)]),
        ({"model": TOY, "seed": -1}, ["seed", "-1"]),
        ({"model": TOY, "seed": LARGEST_SEED + 1}, ["seed", str(LARGEST_SEED + 1)]),
        ({"model": TOY, "seed": 1.5}, ["seed", "1.5"]),
        ({"model": TOY, "seed": "7"}, ["seed", '"7"']),
        ({"model": TOY, "sede": 1}, ['"sede"', "controls", "inputs"]),
        ({"model": TOY, "controls": []}, ["controls", "[]"]),
        ({"model": TOY, "controls": {"sprea": 1}}, ['"sprea"', TOY, "place, spread"]),
        ({"model": TOY, "controls": {"spread": 1.31}}, ["spread", "1.31", "0.3 to 1.3"]),
        ({"model": TOY, "controls": {"spread": 0.29}}, ["spread", "0.29", "0.3 to 1.3"]),
        ({"model": TOY, "controls": {"spread": True}}, ["spread", "number", "true"]),
        ({"model": TOY, "controls": {"spread": "1"}}, ["spread", "number", '"1"']),
        ({"model": TOY, "controls": {"spread": None}}, ["spread", "null"]),
        ({"model": TOY, "controls": {"spread": math.nan}}, ["spread", "NaN"]),
        ({"model": TOY, "controls": {"spread": math.inf}}, ["spread", "Infinity"]),
        ({"model": TOY, "controls": {"spread": 10**400}}, ["spread", "huge"]),
        ({"model": TOY, "controls": {"place": [1]}}, ["place", "[x, y]", "-8 to 8"]),
        ({"model": TOY, "controls": {"place": [1, 9]}}, ["place", "[1, 9]"]),
        ({"model": TOY, "controls": {"place": [True, 0]}}, ["place", "[true, 0]"]),
        ({"model": TOY, "controls": {"place": "/etc/passwd"}}, ["place", "/etc/passwd"]),
        ({"model": TOY, "inputs": {"picture": "/etc/passwd"}}, ["no input", "none"]),
        ({"model": TOY, "inputs": "x"}, ["inputs", '"x"']),
        ({"model": TOY, "version": 2}, ["version 2", "update"]),
        ({"model": TOY, "version": 0}, ["version", "0"]),
        ({"model": TOY, "version": True}, ["version", "true"]),
        ({"model": TOY, "revision": 5}, ["revision", "5"]),
        ({"model": ODD, "controls": {"fault": "maybe"}}, ["fault", '"maybe"', "none, error"]),
        ({"model": ODD, "controls": {"fault": 1}}, ["fault", "not 1"]),
        ({"model": ODD, "controls": {"copy": 1}}, ["copy", "true or false", "not 1"]),
        ({"model": ODD, "controls": {"json": "x" * 21}}, ["json", "20", "21 characters"]),
        ({"model": ODD, "controls": {"json": "x" * 50_000}}, ["40,000"]),
        ({"model": ODD, "controls": {"json": "a\nb"}}, ["json", "one line"]),
        ({"model": ODD, "controls": {"json": "\ud800"}}, ["json", "one line"]),
        ({"model": NEGATIVE}, ["needs Picture (picture)"]),
        ({"model": NEGATIVE, "inputs": {"picture": "/etc/passwd"}}, ["paths are not read"]),
        ({"model": NEGATIVE, "inputs": {"picture": {"path": "/etc/x"}}}, ["paths are not read"]),
        ({"model": NEGATIVE, "inputs": {"picture": {**FILE, "path": "x"}}}, ["dropped file"]),
        ({"model": NEGATIVE, "inputs": {"picture": {**FILE, "name": "../x"}}}, ["dropped file"]),
        ({"model": NEGATIVE, "inputs": {"picture": {**FILE, "sha256": "A" * 64}}}, ["dropped"]),
        ({"model": NEGATIVE, "inputs": {"picture": {"model": "nope"}}}, ["no model"]),
        ("{", ["no valid JSON"]),
        ("", ["no valid JSON"]),
        (b"\xff\xfe", ["no valid JSON"]),
        ("[1, 2]", ["[1, 2]"]),
        ('{"model": NaN}', ["no valid JSON"]),
        ("[" * 20_000, ["no valid JSON"]),
        ('{"a":' * 100 + "1" + "}" * 100, ["levels"]),
        ("x" * 10_000_000, ["40,000", "10,000,000"]),
        ({"model": "x" * 10_000_000}, ["40,000"]),
        ({"model": TOY, "controls": {"spread": [0] * 50_000}}, ["40,000"]),
        (None, ["object", "null"]),
        (7, ["object", "7"]),
    ],
    ids=lambda v: repr(v)[:60],
)
def test_bad_requests_get_one_sentence(odd_root, raw, words) -> None:
    refused(raw, *words)


def test_numbers_land_on_their_step(tiny_root) -> None:
    for model in models().values():
        for control in model.controls:
            if not isinstance(control, Slider | Pad):
                continue
            for share in (0.0, 0.1234, 0.5, 0.987, 1.0):
                value = control.low + share * (control.high - control.low)
                asked = [value, value] if isinstance(control, Pad) else value
                got = model.rules.check({control.name: asked}, model.card.id)[control.name]
                for number in got if isinstance(control, Pad) else [got]:
                    steps = (number - control.low) / control.step
                    assert abs(steps - round(steps)) < 1e-6
                    assert control.low <= number <= control.high
                    assert abs(number - value) <= control.step / 2 + 1e-9
                    assert len(repr(number)) < 8, "no float dust"


def test_an_earlier_revision_opens_and_says_so(tiny_root) -> None:
    request = complete({"model": TOY, "revision": "000000000000"})
    assert request.revision == published(TOY).card.revision
    assert "earlier version" in request.note and "早期版本" in request.note.zh


def test_old_versions_are_upgraded_step_by_step(tiny_root, monkeypatch) -> None:
    def first(raw):
        return {**raw, "version": 2, "controls": {"spread": raw["controls"]["daring"]}}

    def second(raw):
        return {**raw, "version": 3, "seed": raw["seed"] + 1}

    monkeypatch.setattr(requests, "VERSION", 3)
    monkeypatch.setattr(requests, "UPGRADES", {1: first, 2: second})
    request = complete({"model": TOY, "version": 1, "seed": 4, "controls": {"daring": 0.5}})
    assert request.seed == 5 and request.controls["spread"] == 0.5


def test_chains(odd_root) -> None:
    inner = {"model": TOY, "seed": 3}
    chain = {"model": NEGATIVE, "inputs": {"picture": inner}}
    request = complete(chain)
    assert request.inputs["picture"] == complete(inner)
    assert complete(canonical(request)) == request == from_link(to_link(request))
    for _ in range(DEEPEST):
        chain = {"model": NEGATIVE, "inputs": {"picture": chain}}
    refused(chain, "chain", str(DEEPEST))


def test_links(tiny_root) -> None:
    request = complete({"model": TOY, "seed": 9, "controls": {"place": [1.5, -2]}})
    word = to_link(request)
    assert len(word) < 300 and from_link(word) == request
    assert from_link(f"https://example.org/studio/?lang=zh&r={word}#top") == request
    bomb = requests.pack('{"model":"' + "x" * 50_000_000 + '"}')
    for bad in ("", "%%%", word[:-9], "AAAA", "x" * 200_000, bomb, None, "?r="):
        with pytest.raises(RequestError):
            from_link(bad)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
KEYS = st.sampled_from(["version", "model", "revision", "seed", "controls", "inputs"])


@quick
@given(raw=JSON | st.dictionaries(KEYS, JSON), controls=st.none() | JSON)
def test_anything_is_answered_or_refused_in_one_sentence(tiny_root, raw, controls) -> None:
    if isinstance(raw, dict) and controls is not None:
        raw = {**raw, "model": TOY, "controls": controls}
    try:
        request = complete(raw)
    except RequestError as error:
        assert str(error) and "\n" not in str(error) and error.zh
    else:
        assert complete(canonical(request)) == request


@quick
@given(text=st.text() | st.binary())
def test_any_text_is_answered_or_refused(tiny_root, text) -> None:
    with pytest.raises(RequestError):
        complete(text)
    if isinstance(text, str):
        with pytest.raises(RequestError):
            from_link(text)


@quick
@given(
    seed=st.integers(0, LARGEST_SEED),
    spread=st.floats(0.3, 1.3),
    place=st.tuples(st.floats(-8, 8), st.floats(-8, 8)),
)
def test_completing_twice_changes_nothing(tiny_root, seed, spread, place) -> None:
    controls = {"spread": spread, "place": place}
    request = complete({"model": TOY, "seed": seed, "controls": controls})
    for again in (
        complete(request.data()),
        complete(canonical(request)),
        from_link(to_link(request)),
    ):
        assert again == request and request_id(again) == request_id(request)
    shuffled = {"controls": dict(reversed(request.controls.items())), "seed": seed, "model": TOY}
    assert request_id(complete(shuffled)) == request_id(request)
    assert json.loads(canonical(request))["controls"]["spread"] == request.controls["spread"]
    assert len(canonical(request)) < LIMIT
