"""The comparison: every picture model beside the others on its data, by the same seeds."""

import base64
import io
import json

import numpy as np
from PIL import Image

from models import compare
from models.family import Card, Words
from models.registry import families


def test_models_of_one_data_set_stand_side_by_side(tiny_root, tmp_path, capsys) -> None:
    assert compare.main(["-o", str(tmp_path / "c.json")]) == 0
    found = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    toys = {entry["model"]: entry for entry in found["data"]["toy"]}
    expected = {f"{f.id}-toy" for f in families().values() if f.gives == "picture"}
    assert set(toys) == expected and "toy" in capsys.readouterr().out
    for entry in toys.values():
        if families()[entry["family"]].takes and not entry["samples"]:
            continue
        assert len(entry["samples"]) == len(found["seeds"]) == 8
        pictures = [decoded(url) for url in entry["samples"]]
        assert len({p.tobytes() for p in pictures}) > 1, "seeds differ"
        assert entry["cost"] is not None and entry["title"]["zh"]


def test_every_measure_has_its_group() -> None:
    known = {
        "FD-eye above the floor": "quality",
        "recognised: skin": "quality",
        "recall": "diversity",
        "nearer to a training picture than real ones": "diversity",
        "own picture comes back": "reconstruction",
        "largest step along a slider": "smoothness",
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
