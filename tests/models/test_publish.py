"""From a folder of pictures to a published model: the whole way, tiny, as a person would go it."""

import dataclasses
import json

import numpy as np
import pytest
from PIL import Image

from models import cost, golden, publish, train
from models.learning import pause
from models.registry import cards, families
from models.weights import publish_tiny


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of pictures of one's own, and a place for runs and models outside the project."""
    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    for module in (pause, publish):
        monkeypatch.setattr(module, "RUNS", tmp_path / "runs")
    rng = np.random.default_rng(0)
    (tmp_path / "pictures").mkdir()
    for i in range(40):
        picture = rng.integers(0, 255, (24, 24, 3), dtype=np.uint8)
        Image.fromarray(picture).save(tmp_path / "pictures" / f"p{i}.png")
    return tmp_path


def run(family: str, own, *more: str) -> int:
    words = [family, "--data", str(own / "pictures"), "--tiny", "--device", "cpu"]
    return train.main([*words, "--steps", "12", *more])


def test_train_resume_publish_answer(own, capsys) -> None:
    assert run("pictures/dcgan", own) == 0
    folder = own / "runs" / "pictures-dcgan-pictures"
    assert {p.name for p in folder.iterdir()} >= {"state.pt", "job.json", "sheet.png", "curves.png"}
    first = json.loads((own / "ledger.jsonl").read_text().splitlines()[0])
    assert run("pictures/dcgan", own, "--resume") == 0
    second = json.loads((own / "ledger.jsonl").read_text().splitlines()[1])
    assert second["total_seen"] == first["total_seen"] + second["seen"] > first["total_seen"]

    root = own / "models" / "published"
    words = ["pictures/dcgan", "--data", str(own / "pictures"), "--root", str(root)]
    label = "direction_1=Dark to light|由暗到亮"
    assert publish.main([*words, "--label", label, "--fault", "Tiny.", "--weak"]) == 0
    card = cards()["pictures/dcgan-pictures"]
    assert card.labels["direction_1"].zh == "由暗到亮" and card.faults[0].startswith("Weak")
    assert (card.folder / card.golden["file"]).exists()
    assert "own" in capsys.readouterr().out or card.licence == "the owner's"

    assert golden.main([card.id, "--seed", "7"]) == 0
    assert cards()[card.id].golden["seed"] == 7
    assert publish.main(words) == 0  # published again, it keeps the sample that was chosen
    assert cards()[card.id].golden["seed"] == 7
    assert golden.main(["pictures/none", "--seed", "7"]) == 2


def test_a_lost_state_starts_warm_from_what_is_published(own) -> None:
    assert run("pictures/dcgan", own) == 0
    root = own / "models" / "published"
    words = ["pictures/dcgan", "--data", str(own / "pictures"), "--root", str(root)]
    assert publish.main(words) == 0
    (own / "runs" / "pictures-dcgan-pictures" / "state.pt").unlink()
    assert run("pictures/dcgan", own, "--resume") == 0
    lines = [json.loads(x) for x in (own / "ledger.jsonl").read_text().splitlines()]
    assert lines[1]["total_seen"] > lines[1]["seen"], "what was learned before counts on"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["pictures/nosuch", "--data", "x"], "No family is called"),
        (["pictures/dcgan", "--data", "/no/such/folder"], "No data set and no folder"),
        (["pictures/dcgan", "--data", "cats", "--set", "nosuch=1"], "neither recipe nor"),
    ],
)
def test_bad_words_are_one_sentence_and_exit_2(words, sentence, capsys) -> None:
    assert train.main(words) == 2
    said = capsys.readouterr().err.strip()
    assert sentence in said and "\n" not in said


def test_nothing_to_publish_is_one_sentence(own, capsys) -> None:
    assert publish.main(["pictures/dcgan", "--data", "cats"]) == 2
    assert "holds no training state" in capsys.readouterr().err


def test_the_floor_is_fitted_without_a_loop(own) -> None:
    assert run("pictures/pca", own, "--set", "latent=4") == 0
    assert (own / "runs" / "pictures-pca-pictures" / "sheet.png").exists()


def test_a_model_is_timed_again(tmp_path, monkeypatch, capsys) -> None:
    family = families()["pictures/dcgan"]
    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path))
    name = publish_tiny(family, tmp_path).id
    before = cards()[name]
    assert cost.main([name]) == 0
    after = cards()[name]
    assert after.cost["milliseconds"] > 0 and after.cost["parameters"] > 0
    assert dataclasses.replace(after, cost=before.cost) == before
    assert cost.main(["pictures/nosuch"]) == 2 and "nosuch" in capsys.readouterr().err
