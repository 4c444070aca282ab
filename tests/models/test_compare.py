"""The comparison: every model beside the others on its data, by the same seeds."""

import base64
import io
import json

import numpy as np
from PIL import Image

from models import compare
from models.family import Card, Words
from models.registry import families
from models.sketch import HIGH, LETTERS, WIDE, drawn, envelope, roll, sketch
from models.values import Notes, Sound, Text, Track


def test_models_of_one_data_set_stand_side_by_side(tiny_root, tmp_path, capsys) -> None:
    assert compare.main(["-o", str(tmp_path / "c.json")]) == 0
    found = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    toys = {entry["model"]: entry for entry in found["data"]["toy"]}
    expected = {f"{f.id}-toy" for f in families().values()}
    assert set(toys) == expected and "toy" in capsys.readouterr().out
    for entry in toys.values():
        if families()[entry["family"]].takes and not entry["samples"]:
            continue
        assert len(entry["samples"]) == len(found["seeds"]) == 8
        if entry["gives"] == "picture":
            pictures = [decoded(url) for url in entry["samples"]]
            assert len({p.tobytes() for p in pictures}) > 1, "seeds differ"
        elif entry["gives"] != "text":
            assert all(decoded(url).shape == (HIGH, WIDE, 3) for url in entry["samples"])
        assert entry["cost"] is not None and entry["title"]["zh"]


def test_every_measure_has_its_group() -> None:
    known = {
        "FD-eye above the floor": "quality",
        "recognised: skin": "quality",
        "recall": "diversity",
        "nearer to a training picture than real ones": "diversity",
        "own picture comes back": "reconstruction",
        "largest step along a slider": "smoothness",
        "nats a sixteenth, tune": "quality",
        "nats in the latents": "reconstruction",
        "reconstruction BLEU-2": "reconstruction",
        "something new": "other",
    }
    assert {name: compare.group_of(name) for name in known} == known


def test_difficulty_and_faults_come_from_the_card(monkeypatch) -> None:
    family = families()["pictures/dcgan"]
    card = Card(
        id="x", family=family.id, title=Words("x", "x"), summary=Words("x", "x"), config={},
        data={"name": "toy"}, licence="", faults=["Weak."], difficulty=["Collapsed once."],
        measures=[{"name": "recall", "value": 0.3}],
    )  # fmt: skip
    monkeypatch.setattr(compare, "samples", lambda card: [])
    (entry,) = compare.comparison([card])["data"]["toy"]
    assert entry["faults"] == ["Weak."] and entry["difficulty"] == ["Collapsed once."]
    assert entry["measures"] == [{"name": "recall", "value": 0.3, "group": "diversity"}]


def decoded(url: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.split(",", 1)[1]))))


def test_sounds_notes_and_texts_are_sketched() -> None:
    loud = np.concatenate([np.zeros(4800), np.ones(4800)]).astype(np.float32)
    shape = envelope(loud)
    assert shape.shape == (HIGH, WIDE) and shape[:, -1].sum() > 4 * shape[:, 0].sum() > 0
    rows = np.array([[0, 60, 480, 90], [480, 72, 480, 90]], np.int32)
    melody = roll(Notes((Track("tune", rows),), 120, 960))
    low, high = melody[:, : WIDE // 2].any(1).argmax(), melody[:, WIDE // 2 :].any(1).argmax()
    assert high < low, "the higher note stands higher"
    assert not roll(Notes((), 120, 960)).any()
    assert decoded(sketch(Sound(loud, 16000))).shape == drawn(shape).shape
    assert sketch(Text("a" * 500)) == "a" * LETTERS + "…"
    assert sketch(Text("A cat.")) == "A cat."
