"""Every picture family learns: a few steps on a tiny folder, a sheet appears, resuming goes on."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image

from models import train
from models.data import SOURCES, PictureSet
from models.layers.autoencoder import Autoencoder
from models.learning import adversarial, label_reader, pause, variational
from models.learning.hiding import Hiding
from models.registry import families

LEARNING = [f.id for f in families().values() if f.id.startswith("pictures/")]


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of small pictures with a bright half, and a place for runs outside the project."""
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    monkeypatch.setattr(pause, "RUNS", tmp_path / "runs")
    rng = np.random.default_rng(0)
    (tmp_path / "pictures").mkdir()
    for i in range(40):
        picture = rng.integers(0, 60, (28, 28, 3), dtype=np.uint8)
        picture[:, : rng.integers(6, 20)] += 160
        Image.fromarray(picture).save(tmp_path / "pictures" / f"p{i}.png")
    return tmp_path


def learn(family: str, own, *more: str) -> dict:
    """Train a little; the state that was left."""
    words = [family, "--data", str(own / "pictures"), "--tiny", "--device", "cpu"]
    assert train.main([*words, "--steps", "12", *more]) == 0
    (folder,) = (own / "runs").glob(f"{family.replace('/', '-')}-*")
    return {"folder": folder, **torch.load(folder / "state.pt", weights_only=True)}


@pytest.mark.parametrize("family", LEARNING)
def test_learns_a_little_and_goes_on(family: str, own) -> None:
    first = learn(family, own)
    assert first["seen"] > 0
    for row in first["rows"]:
        assert all(np.isfinite(value) for value in row.values())
    for name, tensor in first["parts"]["average"].items():
        assert torch.isfinite(tensor.float()).all(), name
    with Image.open(first["folder"] / "sheet.png") as sheet:
        assert min(sheet.size) >= 16 and np.ptp(np.asarray(sheet)) > 0
    ledger = [json.loads(x) for x in (own / "ledger.jsonl").read_text("utf-8").splitlines()]
    assert ledger[-1]["family"] == family and ledger[-1]["total_seen"] == first["seen"]
    if family == "pictures/pca":
        return  # one step is all of it
    second = learn(family, own, "--resume")
    assert second["step"] > first["step"] and second["seen"] > first["seen"]
    assert second["spent"] > first["spent"]


def made_up(name: str, channels: int, count: int = 64) -> PictureSet:
    """Labelled pictures as a named data set gives them: class 1 is bright, class 0 dark."""
    rng = np.random.default_rng(1)
    label = np.arange(count) % 2
    pictures = rng.integers(0, 100, (count, channels, 16, 16), dtype=np.uint8)
    pictures += (label * 120).astype(np.uint8)[:, None, None, None]
    return PictureSet(
        pictures, SOURCES[name], {"light": label.astype(np.int64)}, {"light": ("dark", "bright")}
    )


@pytest.mark.parametrize(
    ("family", "loop", "channels"),
    [("pictures/cgan", adversarial, 4), ("pictures/cvae", variational, 1)],
)
def test_conditions_come_from_the_data(family, loop, channels, own, monkeypatch) -> None:
    monkeypatch.setattr(loop, "load_pictures", lambda *_: made_up("digits", channels))
    learn(family, own)
    (plan,) = (own / "runs").glob("*/job.json")
    config = families()[family].config(json.loads(plan.read_text("utf-8"))["config"])
    assert config.conditions == ("light",) and config.names == (("dark", "bright"),)
    assert config.channels == channels and config.blended == "light"
    network = families()[family].build(config)
    state = torch.load(plan.parent / "state.pt", weights_only=True)
    network.load_state_dict(state["parts"]["average"])
    rows = network.conditions.rows.flatten().tolist()
    assert set(rows) == {0, 1}, "the network remembers which conditions occur"


def test_where_conditions_say_it_all_the_very_picture_is_learned(own, monkeypatch) -> None:
    known = made_up("heroes", 4, count=2)
    known.pictures[:] = np.array([60, 200], np.uint8)[:, None, None, None]
    known.pictures[:, 3] = 255  # alpha is all or nothing
    monkeypatch.setattr(adversarial, "load_pictures", lambda *_: known)
    wishes = ["directions=0", "alike=50", "lead=100"]
    words = [word for wish in wishes for word in ("--set", wish)]
    state = learn("pictures/cgan", own, *words, "--steps", "101")
    assert state["rows"][-1]["unlike"] < 0.3 * state["rows"][0]["unlike"]
    plan = json.loads((state["folder"] / "job.json").read_text("utf-8"))
    family = families()["pictures/cgan"]
    network = family.build(family.config(plan["config"]))
    network.load_state_dict(state["parts"]["generator"])
    with torch.inference_mode():
        dark, bright = network(torch.randn(2, plan["config"]["latent"]), torch.tensor([[0], [1]]))
    assert bright[:3].mean() > dark[:3].mean() + 0.5


def test_a_reader_of_labels_is_taught_before_the_pictures_are_learned(own, monkeypatch) -> None:
    monkeypatch.setattr(adversarial, "load_pictures", lambda *_: made_up("heroes", 4))
    monkeypatch.setattr(label_reader, "STUDY", 64 * 150)
    wishes = ["directions=0", "alike=50", "lead=100", "reading=0.1", "batch=64"]
    words = [word for wish in wishes for word in ("--set", wish)]
    state = learn("pictures/cgan", own, *words, "--steps", "201")
    assert ["unread" in row for row in state["rows"]] == [True, True, False]
    assert "unlike" in state["rows"][-1] and int(state["parts"]["reader"]["shown"]) == 64 * 150
    after = learn("pictures/cgan", own, *words, "--steps", "1", "--resume")
    assert int(after["parts"]["reader"]["shown"]) == 64 * 150, "it is not taught again"


def test_a_run_that_goes_on_learns_at_the_rate_that_it_is_told(own) -> None:
    for more in ([], ["--resume"]):
        state = learn(
            "pictures/dcgan", own, "--set", f"rate_generator={0.01 if more else 2e-4}", *more
        )
        (group,) = state["parts"]["learns_g"]["param_groups"]
        assert group["lr"] == (0.01 if more else 2e-4)


def test_a_latent_that_tells_its_condition_is_found_out() -> None:
    torch.manual_seed(0)
    hiding = Hiding(latent=4, sizes=[3])
    labels = torch.arange(300)[:, None] % 3
    telling = torch.randn(300, 4) * 0.1
    telling[:, 0] += labels[:, 0]
    silent = torch.randn(300, 4)
    learns = torch.optim.Adam(hiding.parameters(), 1e-2)
    for _ in range(300):
        learns.zero_grad()
        hiding.reads(telling, labels).backward()
        learns.step()
    assert hiding.reads(telling, labels) < 0.2 < 0.9 < hiding.reads(silent, labels)
    z = telling.clone().requires_grad_(True)
    before = hiding.tells(z)
    before.backward()
    assert before > 0 and hiding.tells(z - 0.001 * z.grad.sign()) < before
    fresh = Hiding(latent=4, sizes=[3])
    with torch.no_grad():
        for parameter in fresh.parameters():
            parameter.zero_()
    assert fresh.tells(telling).abs() < 1e-5, "a reader without a clue costs nothing"


def test_sub_folders_of_an_own_folder_are_kinds(own) -> None:
    for i, path in enumerate(sorted((own / "pictures").glob("*.png"))):
        folder = own / "pictures" / ("stripes" if i % 2 else "dots")
        folder.mkdir(exist_ok=True)
        path.rename(folder / path.name)
    learn("pictures/cgan", own)
    (plan,) = (own / "runs").glob("*/job.json")
    facts = json.loads(plan.read_text("utf-8"))["config"]
    assert facts["conditions"] == ["kind"] and facts["names"] == [["dots", "stripes"]]


def test_the_autoencoder_gets_better_at_what_it_saw(own) -> None:
    """The bound in bits, on the same pictures, before and after half a minute's worth of steps."""
    family = families()["pictures/vae"]
    torch.manual_seed(0)
    config = family.tiny()
    network = family.build(config)
    x = torch.from_numpy(made_up("cats", 3).pictures).float() / 127.5 - 1
    before = variational.bits(network, x, None)
    learns = torch.optim.Adam(network.train().parameters(), 3e-3)
    for _ in range(60):
        made, mean, spread = network(x)
        loss = (made - x).square().mean().log() / 2
        (loss + variational.cost_of_latents(mean, spread).mean() / x[0].numel()).backward()
        learns.step()
        learns.zero_grad()
    network.eval()
    variational.calibrate(network, x, None)
    after = variational.bits(network, x, None)
    assert after["bits"] < before["bits"] - 0.3 and after["error"] < before["error"]
    assert 0 < network.sigma < 1 and after["latents"] > 0


def test_cost_of_latents_is_the_divergence_of_two_gaussians() -> None:
    mean, spread = torch.tensor([[0.7, -1.2]]), torch.tensor([[0.3, -0.8]])
    ours = torch.distributions.Normal(mean, (spread / 2).exp())
    exact = torch.distributions.kl_divergence(ours, torch.distributions.Normal(0.0, 1.0)).sum()
    assert torch.isclose(variational.cost_of_latents(mean, spread)[0], exact, atol=1e-5)


def test_calibration_describes_the_latents_as_they_are() -> None:
    facts = {"size": 16, "channels": 1, "base": 4, "latent": 3, "directions": 2}
    network = Autoencoder(SimpleNamespace(**facts))
    rng = torch.Generator().manual_seed(0)
    mixing = torch.tensor([[1.0, 0.5, 0.0], [0.0, 2.0, 0.3], [0.0, 0.0, 0.1]])
    means = torch.randn(5000, 3, generator=rng) @ mixing + torch.tensor([1.0, -2.0, 0.5])
    network.calibrate(means, torch.full((5000, 3), -20.0), sigma=0.25)
    drawn = network.place(torch.randn(20_000, 3, generator=rng))
    assert torch.allclose(drawn.mean(0), means.mean(0), atol=0.05)
    assert torch.allclose(drawn.T.cov(), means.T.cov(), atol=0.12)
    assert network.sigma.item() == 0.25


def test_a_mirror_exchanges_the_sides_and_nothing_else() -> None:
    torch.manual_seed(0)
    pictures = torch.rand(200, 4, 6, 6)
    labels = torch.stack([torch.arange(200) % 4, torch.arange(200) % 3], 1)
    made, told = adversarial.exchanged(pictures, labels, 0, 1, 3)
    turned = told[:, 0] != labels[:, 0]
    sides = labels[:, 0] % 2 == 1
    assert 30 < turned.sum() < 70, "about half of a hundred"
    assert not turned[~sides].any() and torch.equal(told[:, 1], labels[:, 1])
    assert torch.equal(told[turned, 0], 4 - labels[turned, 0])
    assert torch.equal(made[turned], pictures[turned].flip(3))
    assert torch.equal(made[~turned], pictures[~turned])


def test_sides_are_told_by_the_data_set_and_only_where_they_are_conditions() -> None:
    names = {"skin": ("dark", "light"), "direction": ("back", "front", "left", "right")}
    heroes = PictureSet(np.zeros((1, 4, 8, 8), np.uint8), SOURCES["heroes"], {}, names)
    assert adversarial._sides(heroes, ("skin", "direction")) == (1, 2, 3)
    assert adversarial._sides(heroes, ("skin",)) == ()
    digits = PictureSet(np.zeros((1, 1, 8, 8), np.uint8), SOURCES["digits"], {}, {"digit": ("0",)})
    assert adversarial._sides(digits, ("digit",)) == ()
