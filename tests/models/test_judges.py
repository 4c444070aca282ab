"""Judges learn from real pictures, are published once, and no page lists them."""

import io
import json
import os
import zipfile
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image

from models import train
from models.judges import publish, views
from models.judges.classifier.family import FAMILY as READER
from models.judges.eye.family import FAMILY as EYE
from models.judges.eye.family import Config, Recipe
from models.judges.eye.learning import shown
from models.judges.guesser.family import FAMILY as GUESSER
from models.judges.schedule import LEAST, share_of_rate
from models.learning import pause
from models.registry import HOME, cards, families, judge, trainable
from models.weights import load_network, weights_hash

PUBLISHED = sorted(p.parent.name for p in (HOME / "published" / "judges").glob("*/card.json"))
BARS = {  # what each judge has to reach on real test pictures, else it may judge nobody
    "eye": {"accuracy at 64 px": 0.4},
    "digits": {"accuracy: digit": 0.99},
    "heroes": {f"accuracy: {c}": 0.9 for c in ("direction", "skin", "outfit", "hair_colour")},
}


def test_judges_train_like_families_and_stand_in_no_tab() -> None:
    assert {"judges/eye", "judges/classifier"} <= set(trainable())
    assert not [name for name in [*families(), *cards()] if name.startswith("judges/")]


@pytest.mark.parametrize("size", [(32, 32), (33, 47), (64, 64), (96, 128)])
def test_the_eye_takes_any_size_and_has_four_depths(size) -> None:
    network = EYE.build(EYE.tiny())
    maps = network.features(torch.zeros(2, 3, *size))
    for depth, found in enumerate(maps, 1):
        assert found.shape[2:] == tuple(-(-s // 2**depth) for s in size)
    assert network(torch.zeros(2, 3, *size)).shape == (2, 5)


@pytest.mark.parametrize("shape", [(1, 3, 31, 64), (1, 1, 64, 64)])
def test_the_eye_says_what_it_cannot_read(shape) -> None:
    with pytest.raises(ValueError, match="RGB pictures of at least 32 px"):
        EYE.build(EYE.tiny()).features(torch.zeros(shape))


def test_every_weight_of_the_eye_learns() -> None:
    network = EYE.build(EYE.tiny()).train()
    network(torch.randn(4, 3, 32, 32)).square().sum().backward()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in network.parameters())


def test_the_eye_is_of_the_planned_size() -> None:
    count = sum(p.numel() for p in EYE.build(Config()).parameters())
    assert 1e6 < count < 4e6


def test_the_rate_ends_with_a_fresh_run_or_with_the_plan_of_a_sliced_one() -> None:
    def share(spent: float, resume: bool, step: int = 9999) -> float:
        job = SimpleNamespace(recipe=Recipe(), resume=resume, minutes=20.0, spent=spent)
        return share_of_rate(job, step, warm_up=200)

    assert share(0, True, step=0) < 0.01 < share(0, True) == 1
    assert share(45, True) == pytest.approx(0.5) and share(10, False) == pytest.approx(0.5)
    assert share(20, False) == share(90, True) == share(500, True) == LEAST


def test_views_keep_range_size_and_side() -> None:
    torch.manual_seed(0)
    x = torch.zeros(64, 3, 40, 40)
    x[..., 20:] = 1  # right half light
    seen = views.crops(x, 24, smallest=0.9, flip=False)
    assert seen.shape == (64, 3, 24, 24) and seen.min() >= 0 and seen.max() <= 1 + 1e-5
    lighter = seen[..., 12:].mean((1, 2, 3)) > seen[..., :12].mean((1, 2, 3))
    assert lighter.all(), "a hero may not turn round"
    turned = views.crops(x, 24, smallest=0.9, flip=True)
    share = (turned[..., 12:].mean((1, 2, 3)) > turned[..., :12].mean((1, 2, 3))).float().mean()
    assert 0.25 < share < 0.75
    assert views.lights(x).shape == x.shape and not torch.equal(views.lights(x), x)
    mixed, partner, share = views.mix(x + torch.arange(64.0).view(-1, 1, 1, 1))
    expected = share * torch.arange(64.0) + (1 - share) * partner
    assert torch.allclose(mixed[:, 0, 0, 0], expected, atol=1e-3)


def test_small_views_show_the_same_picture() -> None:
    picture = torch.full((1, 3, 96, 96), 51, dtype=torch.uint8)
    assert torch.allclose(shown(picture, 64), torch.full((1, 3, 64, 64), -0.6), atol=1e-4)
    assert torch.equal(shown(picture, 96), picture.float() / 127.5 - 1)


def test_a_reader_lays_transparent_pictures_on_the_ground() -> None:
    sizes = {"size": 16, "channels": 4, "widths": [4, 8], "depths": [0, 0], "hidden": 8}
    config = READER.config({**sizes, "names": ["a"], "classes": [3]})
    network = READER.build(config)
    clear, colour = torch.full((1, 4, 16, 16), -1.0), torch.rand(1, 4, 16, 16) * 2 - 1
    colour[:, 3] = -1  # whatever the colour, nothing of it is seen
    assert torch.allclose(network(clear)[0], network(colour)[0])
    assert not torch.allclose(network(clear)[0], network(clear, ground=-1.0)[0])
    with pytest.raises(ValueError, match="This judge takes pictures"):
        network(torch.zeros(1, 3, 16, 16))


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Small labelled sets in place of the named ones: colour tells the class."""
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    for module in (pause, publish):
        monkeypatch.setattr(module, "RUNS", tmp_path / "runs")
    (tmp_path / "images").mkdir()
    rng = np.random.default_rng(0)
    for name, kinds in (("eye", 3), ("eye_art", 2)):
        rows = ["file\tsplit\tlabel"]
        with zipfile.ZipFile(tmp_path / "images" / f"{name}.zip", "w") as archive:
            for i in range(90):
                kind, split = i % kinds, ("train", "validation", "test")[i // 6 % 3]
                colour = [(230, 30, 30), (30, 230, 30), (30, 30, 230)][kind]
                noise = rng.integers(-20, 20, (96, 96, 3)) + (0 if name == "eye" else 60)
                picture = (np.array(colour) + noise).clip(0, 255).astype(np.uint8)
                buffer = io.BytesIO()
                Image.fromarray(picture).save(buffer, "PNG")
                archive.writestr(f"{i}.png", buffer.getvalue())
                rows.append(f"{i}.png\t{split}\t{kind}")
            archive.writestr("labels.tsv", "\n".join(rows))
    return tmp_path


def test_the_eye_learns_is_published_once_and_found(data, capsys) -> None:
    words = ["judges/eye", "--data", "eye", "--tiny", "--device", "cpu", "--steps", "60"]
    assert train.main([*words, "--set", "batch=16"]) == 0
    assert train.main([*words, "--set", "batch=16", "--resume"]) == 0
    folder = data / "runs" / "judges-eye-eye"
    assert (folder / "sheet.png").exists()
    root = data / "models" / "published"
    words = ["judges/eye", "--data", "eye", "--name", "eye", "--root", str(root)]
    assert publish.main(words) == 0
    card = judge("eye")
    assert card.folder == root / "judges" / "eye" and len(card.revision) == 12
    found = {row["name"]: row["value"] for row in card.measures}
    assert found["accuracy at 64 px"] > 0.3 > 0.2  # chance is one in five
    assert load_network(card)(torch.zeros(1, 3, 32, 32)).shape == (1, 5)
    capsys.readouterr()
    assert publish.main(words) == 2 and "--replace" in capsys.readouterr().err
    assert publish.main([*words, "--replace"]) == 0


def test_a_reader_learns_its_columns(data, monkeypatch, capsys) -> None:
    words = ["judges/classifier", "--data", "eye", "--device", "cpu", "--steps", "120"]
    small = ["--set", "size=32", "--set", "batch=16", "--set", "hidden=8"]
    assert train.main([*words, *small]) == 0
    plan = json.loads((data / "runs" / "judges-classifier-eye" / "job.json").read_text())
    assert plan["config"]["names"] == ["label"] and plan["config"]["classes"] == [3]
    words = ["judges/classifier", "--data", "eye", "--root", str(data / "published")]
    assert publish.main(words) == 0
    card = json.loads((data / "published" / "judges" / "eye" / "card.json").read_text())
    assert card["measures"][0]["value"] > 0.9, "three plain colours"


def test_more_classes_than_the_eye_has_is_one_sentence(data, capsys) -> None:
    words = ["judges/eye", "--data", "eye", "--tiny", "--device", "cpu", "--set", "classes=2"]
    assert train.main(words) == 2
    assert "pass --set classes=5" in capsys.readouterr().err


def test_a_guesser_learns_from_a_published_model_and_shortens_the_search(
    tiny_models, data, monkeypatch, capsys
) -> None:
    from models.answer import to_picture
    from models.judges.guesser.learning import painter_of
    from models.seek import guesser, seek

    monkeypatch.setenv("STUDIO_MODELS", os.pathsep.join((str(tiny_models), str(data / "models"))))
    words = ["judges/guesser", "--data", "pictures/dcgan-toy", "--tiny", "--device", "cpu"]
    assert train.main([*words, "--steps", "300", "--set", "batch=32"]) == 0
    folder = data / "runs" / "judges-guesser-dcgan-toy"
    state = torch.load(folder / "state.pt", weights_only=True)
    assert (
        state["rows"][-1]["apart"] < state["rows"][0]["apart"] and (folder / "sheet.png").exists()
    )
    monkeypatch.setattr(GUESSER, "examine", lambda *_: [])  # no held-out pictures of a toy
    root = data / "models" / "published"
    words = ["judges/guesser", "--data", "pictures/dcgan-toy", "--name", "guess-dcgan-toy"]
    assert publish.main([*words, "--root", str(root)]) == 0
    assert "Pictures that pictures/dcgan-toy makes" in judge("guess-dcgan-toy").data["title"]
    _, paint = painter_of("pictures/dcgan-toy")
    guess = guesser("pictures/dcgan-toy")
    assert guess is not None and guesser("pictures/pca-toy") is None
    torch.manual_seed(5)
    spots = torch.randn(16, paint.size)
    with torch.no_grad():
        pictures = paint(spots)
        near, far = (guess(pictures) - spots).square().mean(), spots.square().mean()
    assert near < 0.8 * far, "better than the middle of the latent"
    found = list(seek(paint, to_picture(pictures[0]), 1, guess, (2, 4)))
    assert found[-1][0] == 1.0 and found[-1][1].controls["own"]
    capsys.readouterr()
    assert train.main(["judges/guesser", "--data", "nosuch", "--tiny", "--device", "cpu"]) == 2
    assert "'nosuch' is none" in capsys.readouterr().err


def test_a_missing_judge_says_how_to_get_it() -> None:
    with pytest.raises(FileNotFoundError, match=r"run python -m models\.judges\.publish"):
        judge("nosuch")


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_judges_are_whole_and_good_enough(name: str) -> None:
    card = judge(name)
    path = card.folder / "weights.safetensors"
    assert weights_hash(path) == card.weights_sha256 and path.stat().st_size < 10 * 2**20
    assert card.licence and card.command.startswith("python -m models.train judges/")
    found = {row["name"]: row["value"] for row in card.measures}
    for bar, share in BARS.get(name, {}).items():
        assert found[bar] >= share, bar
    assert load_network(card) is not None


@pytest.mark.parametrize("name", cards())
def test_every_figure_is_by_the_judges_of_today(name: str) -> None:
    """A judge that changed makes old figures worthless: measure the model again."""
    card = cards()[name]
    for row in card.measures:
        assert row.get("eye", judge("eye").revision) == judge("eye").revision, row["name"]
        if "judge" in row:
            assert row["judge"] == judge(card.data["name"]).revision, row["name"]
