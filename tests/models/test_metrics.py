"""The measures themselves: known answers, golden figures, and the ranking a person would give."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from models import measure
from models.data import PictureSet
from models.data.sources import SOURCES
from models.judges.eye.family import FAMILY as EYE
from models.metrics import alpha, conditions, eye, features, sanity, smoothness
from models.metrics.frechet import frechet
from models.metrics.kernel import kernel_distance
from models.metrics.nearest import nearest, share_copied
from models.metrics.precision_recall import precision_recall
from models.metrics.subject import Subject
from models.registry import cards, families, judge
from models.weights import load_network, publish_tiny

RNG = np.random.RandomState
SEED_WEIGHTS = 5
# Figures may never move: if one of these does, every card has to be measured again.
GOLDEN_LOOKS = {"pooled": 0.019013, "points": 0.79275, "layout": 0.038392}
PUBLISHED_EYE = {
    "revision": "3920616ca1e9",
    "pooled": 0.400523,
    "layout": 0.0506705,
    "distance": 53.151,
}
GOLDEN_ROWS = {
    "FD-eye": (25.17, 2.292, 14.26),  # value, floor or ceiling, baseline
    "KD-eye": (3310.0, -1495.0, 1651.0),
    "precision": (1.0, 0.8875, 1.0),
    "recall": (0.4375, 0.9437, 0.3),
    "nearer to a training picture than real ones": (0.25, 0.01, None),
}


def frozen_eye() -> torch.nn.Module:
    """The tiny twin with weights from NumPy's frozen stream: the same on every machine."""
    network = EYE.build(EYE.tiny())
    drawn = RNG(SEED_WEIGHTS)
    for parameter in network.parameters():
        wide = max(parameter[0].numel(), 1) if parameter.ndim > 1 else 1
        noise = drawn.standard_normal(tuple(parameter.shape)) * (2 / wide) ** 0.5
        if parameter.ndim > 1:
            parameter.data = torch.from_numpy(noise.astype(np.float32))
    return network.requires_grad_(False)


def blobs(count: int, seed: int, side: int = 32) -> np.ndarray:
    """Smooth colourful pictures, uint8 (count, 3, side, side), bytes that never change."""
    rng, y = RNG(seed), np.arange(side)
    pictures = np.zeros((count, 3, side, side))
    for i in range(count):
        for _ in range(3):
            middle, wide = rng.uniform(0, side, 2), rng.uniform(3, 8)
            spot = np.exp(-((y - middle[0]) ** 2) / wide**2)[:, None]
            spot = spot * np.exp(-((y - middle[1]) ** 2) / wide**2)[None]
            pictures[i] += rng.uniform(0, 200, 3)[:, None, None] * spot
    return pictures.clip(0, 255).astype(np.uint8)


def held(pictures: np.ndarray) -> PictureSet:
    return PictureSet(pictures, SOURCES["cats"])


@pytest.fixture(scope="module")
def reference(tmp_path_factory) -> eye.Reference:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(features, "RUNS", tmp_path_factory.mktemp("runs"))
        train, test = held(blobs(200, 1)), held(blobs(40, 2))
        return eye.Reference.of(train, test, frozen_eye(), "tiny")


# Known answers


def test_frechet_of_a_stretched_and_moved_copy() -> None:
    a = RNG(0).standard_normal((400, 5))
    spread = np.trace(np.cov(a, rowvar=False))
    moved = 2 * a + np.array([3, 0, 0, 0, 0])
    gap = ((moved.mean(0) - a.mean(0)) ** 2).sum()
    assert frechet(a, moved) == pytest.approx(gap + spread, rel=1e-9)
    assert frechet(a, a) == pytest.approx(0, abs=1e-9)
    assert frechet(a, moved) == pytest.approx(frechet(moved, a), rel=1e-9)
    with pytest.raises(ValueError, match="two points"):
        frechet(a[:1], a)


def test_the_kernel_distance_is_unbiased_and_its_error_true() -> None:
    found = [
        kernel_distance(RNG(i).standard_normal((60, 8)), RNG(1000 + i).standard_normal((40, 8)))
        for i in range(200)
    ]
    values, errors = np.array(found).T
    assert abs(values.mean()) < 3 * values.std() / 200**0.5
    assert 0.7 < errors.mean() / values.std() < 3
    near, far = RNG(0).standard_normal((2, 60, 8))
    value, error = kernel_distance(near, far + 1)
    assert value > 5 * error


def test_precision_and_recall_tell_which_side_is_missing() -> None:
    left = RNG(0).standard_normal((60, 4))
    right = RNG(1).standard_normal((60, 4)) + 50
    both = np.concatenate([left, right])
    assert precision_recall(both, both) == (1.0, 1.0)
    assert precision_recall(left, right) == (0.0, 0.0)
    precision, recall = precision_recall(both, left)
    assert precision == 1.0 and recall == pytest.approx(0.5, abs=0.02)
    precision, recall = precision_recall(left, both)
    assert precision == pytest.approx(0.5, abs=0.02) and recall == 1.0


def test_copies_are_found_and_strangers_are_not() -> None:
    train, strangers, made = (RNG(i).standard_normal((n, 6)) for i, n in enumerate((300, 200, 100)))
    real, _ = nearest(strangers, train)
    gaps, places = nearest(train[:50] + 1e-5, train, part=16)
    assert share_copied(gaps, real)[0] == 1.0 and (places == np.arange(50)).all()
    share, limit = share_copied(nearest(made, train)[0], real)
    assert share < 0.06 and limit == pytest.approx(np.quantile(real, 0.01))
    assert share_copied(real, real)[0] == pytest.approx(0.01, abs=0.01)


# Through a tiny eye


def test_what_the_eye_sees_is_golden() -> None:
    network, pictures = frozen_eye(), blobs(12, 3)
    seen = features.look(network, pictures)
    assert seen.pooled.shape == (12, 20) and seen.layout.shape == (12, 512)
    assert seen.pooled.dtype == seen.layout.dtype == np.float32
    scale = features.Scale.of(seen.pooled)
    points = scale.points(seen.pooled)
    assert seen.pooled.mean() == pytest.approx(GOLDEN_LOOKS["pooled"], rel=1e-3)
    assert np.abs(points).mean() == pytest.approx(GOLDEN_LOOKS["points"], rel=1e-3)
    assert np.abs(seen.layout).mean() == pytest.approx(GOLDEN_LOOKS["layout"], rel=1e-3)


def test_the_published_eye_is_golden() -> None:
    """Another eye would make every figure on every card another one."""
    card = judge("eye")
    assert card.revision == PUBLISHED_EYE["revision"], "then measure all models again"
    network = load_network(card)
    seen = features.look(network, blobs(64, 3, 64))
    scale = features.Scale.of(seen.pooled)
    other = scale.points(features.look(network, blobs(64, 4, 64)).pooled)
    distance = frechet(scale.points(seen.pooled), other)
    assert seen.pooled.mean() == pytest.approx(PUBLISHED_EYE["pooled"], rel=1e-3)
    assert np.abs(seen.layout).mean() == pytest.approx(PUBLISHED_EYE["layout"], rel=1e-3)
    assert distance == pytest.approx(PUBLISHED_EYE["distance"], rel=2e-3)


def test_a_picture_is_seen_alike_alone_and_among_others() -> None:
    network, pictures = frozen_eye(), blobs(9, 4)
    whole, alone = features.look(network, pictures), features.look(network, pictures[4:5])
    assert np.allclose(whole.pooled[4], alone.pooled[0], atol=1e-4)
    assert np.allclose(whole.layout[4], alone.layout[0], atol=1e-4)


def test_grey_and_transparent_pictures_are_shown_as_a_person_sees_them() -> None:
    network, pictures = frozen_eye(), blobs(3, 5)
    grey = pictures[:, :1]
    assert np.allclose(
        features.look(network, grey).pooled,
        features.look(network, grey.repeat(3, 1)).pooled,
        atol=1e-5,
    )
    clear = np.concatenate([pictures, np.zeros_like(grey)], 1)
    white = np.full_like(pictures, 255)
    assert np.allclose(
        features.look(network, clear).pooled, features.look(network, white).pooled, atol=1e-4
    )


def test_eye_distance_has_a_slope_and_keeps_through_the_projection() -> None:
    network, pictures = frozen_eye(), blobs(2, 6)
    x = (torch.from_numpy(pictures).float() / 127.5 - 1).requires_grad_(True)
    a, b = features.layout(network, x)
    gap = (a - b).norm()
    gap.backward()
    assert 0 < gap.item() < 2.83 and x.grad.abs().sum().item() > 0
    seen = features.look(network, pictures).layout
    assert np.linalg.norm(seen[0] - seen[1]) == pytest.approx(gap.item(), rel=0.2)


def test_seen_once_is_kept_and_other_pictures_are_not_mistaken(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(features, "RUNS", tmp_path)
    network, pictures = frozen_eye(), blobs(4, 7)
    first = features.look_once(network, "a", pictures)
    monkeypatch.setattr(features, "look", lambda *_: pytest.fail("looked again"))
    again = features.look_once(network, "a", pictures)
    assert np.array_equal(first.pooled, again.pooled)
    with pytest.raises(pytest.fail.Exception):
        features.look_once(network, "b", pictures)
    with pytest.raises(pytest.fail.Exception):
        features.look_once(network, "a", pictures[::-1])


def test_the_rows_are_golden(reference) -> None:
    rows = eye.compare(stub(blobs(160, 8) // 2 + 20), reference)
    found = {r["name"]: r for r in rows}
    for name, golden in GOLDEN_ROWS.items():
        row = found[name]
        figures = row["value"], row.get("floor", row.get("ceiling")), row.get("baseline")
        for figure, expected in zip(figures, golden, strict=True):
            assert figure == (expected and pytest.approx(expected, rel=5e-3)), name
    fd, share = rows[0], rows[1]
    expected = (fd["value"] - fd["floor"]) / (fd["baseline"] - fd["floor"])
    assert share["value"] == pytest.approx(expected, rel=1e-2)
    assert {r["eye"] for r in rows} == {"tiny"} and {r["samples"] for r in rows} == {40}


def test_harm_is_ranked(reference) -> None:
    """More blur, more grain, more of another picture: never better."""
    train = blobs(200, 1)[:160]
    fd = {
        name: eye.figures(reference, features.look(reference.eye, pictures).pooled).fd
        for name, pictures in sanity.harmed(train)
    }
    assert fd["real"] < fd["blurred, sigma 1"] < fd["blurred, sigma 2"]
    assert fd["real"] < fd["grain, 15 of 255"] < fd["grain, 45 of 255"] < fd["noise"]
    assert fd["real"] < fd["30% of another"] < fd["50% of another"]
    assert max(fd, key=fd.get) == "noise"


def test_training_pictures_as_samples_are_called_copies(reference) -> None:
    rows = eye.compare(stub(blobs(200, 1)[:160, :, :, ::-1].copy()), reference)
    assert rows[-1]["value"] > 0.95, "mirrored copies are copies"


def stub(made: np.ndarray) -> SimpleNamespace:
    return SimpleNamespace(made=made, command="test")


# Whole models


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A root with a tiny eye and tiny models, and small real sets in place of the named ones."""
    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path))
    monkeypatch.setattr(features, "RUNS", tmp_path / "runs")
    monkeypatch.setattr("models.measure.training_paused", lambda: torch.no_grad())
    card = publish_tiny(EYE, tmp_path)
    card.folder.rename(card.folder.with_name("eye"))

    def load(name, size, split, channels):
        pictures = blobs(120 if split == "train" else 20, 9 if split == "train" else 10, size)
        return held(pictures[:, :channels])

    monkeypatch.setattr("models.metrics.subject.load_pictures", load)
    return tmp_path


def test_measuring_twice_gives_the_same_card(place, capsys) -> None:
    publish_tiny(families()["pictures/dcgan"], place)
    assert measure.main(["pictures/dcgan-toy", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert measure.main(["pictures/dcgan-toy"]) == 0
    assert "FD-eye above the floor" in capsys.readouterr().out
    written = cards()["pictures/dcgan-toy"].measures
    assert list(written) == first
    hashes = {row["eye"] for row in first}
    assert len(hashes) == 1 and len(hashes.pop()) == 12
    for row in first:
        assert {"name", "value", "unit", "better", "command", "samples"} <= set(row)


def test_every_measure_that_a_family_names_exists() -> None:
    for family in families().values():
        assert set(family.metrics) <= set(measure.GROUPS), family.id


def test_a_model_that_is_not_there_is_one_sentence(capsys) -> None:
    assert measure.main(["pictures/nosuch"]) == 2
    said = capsys.readouterr().err.strip()
    assert "No published model is called" in said and "\n" not in said


def test_smoothness_sees_a_jump(place, monkeypatch) -> None:
    family = families()["pictures/dcgan"]
    subject = Subject("toy", family, family.tiny(), torch.nn.Identity(), "toy")
    ends = torch.from_numpy(blobs(2, 11)).float() / 127.5 - 1

    def row(path) -> dict:
        def paint(network, family, config, asked):
            along = [path((a.controls["direction_1"] + 4) / 8) for a in asked]
            return torch.stack([torch.lerp(*ends, t) for t in along])

        monkeypatch.setattr(smoothness, "answer", paint)
        return smoothness.rows(subject)[0]

    even, jumps = row(lambda t: t), row(lambda t: 0.1 * t + 0.9 * (t > 0.5))
    assert 1 <= even["value"] < 4 < 8 < jumps["value"] <= 20


def test_alpha_counts_what_is_half_there() -> None:
    made = np.zeros((2, 4, 8, 8), np.uint8)
    made[0, 3] = 255
    made[1, 3, 0, :4] = 128
    subject = SimpleNamespace(made=made, config=SimpleNamespace(channels=4), command="")
    assert alpha.rows(subject)[0]["value"] == pytest.approx(4 / 128, rel=1e-3)
    subject.config.channels = 3
    assert alpha.rows(subject) == []


def test_conditions_are_read_by_the_judge(monkeypatch) -> None:
    """A judge that reads brightness; the model answers two of three wishes."""
    card = SimpleNamespace(revision="abc")
    monkeypatch.setattr(conditions, "judge", lambda name: card)

    class Bright(torch.nn.Module):
        names = ("kind",)

        def __init__(self):
            super().__init__()
            self.level = torch.nn.Parameter(torch.tensor([-1.0, 1.0]))

        def forward(self, x):
            return ((x.mean((1, 2, 3))[:, None] * self.level),)

    monkeypatch.setattr(conditions, "load_network", lambda card: Bright())
    dark, light = np.zeros((1, 1, 8, 8), np.uint8), np.full((1, 1, 8, 8), 255, np.uint8)
    test = PictureSet(
        np.concatenate([dark, light]),
        SOURCES["digits"],
        {"kind": np.array([0, 1])},
        {"kind": ("dark", "light")},
    )
    asked = [SimpleNamespace(controls={"kind": k}) for k in ("dark", "light", "light")]
    subject = SimpleNamespace(
        real=lambda split: test,
        asked=asked,
        made=np.concatenate([dark, light, dark]),
        data="digits",
        command="",
    )
    (row,) = conditions.rows(subject)
    assert row["value"] == pytest.approx(2 / 3, rel=1e-3) and row["ceiling"] == 1.0
    assert row["judge"] == "abc" and row["baseline"] == 0.5
