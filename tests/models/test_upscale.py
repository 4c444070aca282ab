"""Upscaling: pairs, the literature's measures, the networks' kernels and the loop."""

from __future__ import annotations

import json
import types

import numpy as np
import pytest
import torch
from PIL import Image

from models import train
from models.data import pairs
from models.family import Asked
from models.layers.eightfold import eightfold
from models.layers.enlarge import grown
from models.layers.upscaler import Upscaler, bicubic_kernel
from models.learning import pause, teaching
from models.learning.orthogonal import Orthogonal, orthogonal
from models.learning.restoration import varied
from models.learning.sharpening import SHIFT, shifted
from models.metrics.psnr import luma, psnr_y, ssim_y
from models.registry import families

NETWORKS = [f.id for f in families().values() if f.row != "U1" and f.id.startswith("upscale/")]


def photograph(height: int, width: int, seed: int = 0) -> np.ndarray:
    """Smooth shapes with edges, uint8 (h, w, 3)."""
    y, x = np.mgrid[:height, :width]
    rng = np.random.default_rng(seed)
    disc = np.hypot(y - rng.uniform(0, height), x - rng.uniform(0, width)) < height / 3
    slope = np.stack([x * 3 % 256, y * 2 % 256, (x + y) % 256], -1)
    return np.where(disc[..., None], 255 - slope, slope).astype(np.uint8)


@pytest.mark.parametrize(("scale", "published"), [(2, 33.66), (4, 28.42)])
def test_bicubic_has_its_published_figure_on_set5(scale: int, published: float) -> None:
    try:
        found = pairs.test_pictures().values()
    except FileNotFoundError:
        pytest.skip("Set5 is not here")
    figures = []
    for picture in found:
        large = pairs._whole(picture, scale)
        small = pairs.shrink(large, scale, "bicubic", np.random.RandomState(0))
        again = small.resize(large.size, Image.Resampling.BICUBIC)
        figures.append(psnr_y(np.asarray(again), np.asarray(large), scale))
    assert abs(np.mean(figures) - published) < 0.1


def test_luma_and_psnr_are_what_they_should_be() -> None:
    grey = np.full((20, 20, 3), 128, np.uint8)
    assert np.allclose(luma(grey), 16 + 219 * 128 / 255, atol=1e-3)
    assert psnr_y(grey, grey, 2) == float("inf")
    brighter = grey + 10
    error = (219 * 10 / 255) ** 2
    assert np.isclose(psnr_y(brighter, grey, 2), 10 * np.log10(255**2 / error), atol=1e-3)
    framed = grey.copy()
    framed[:2] = framed[-2:] = 0
    assert psnr_y(framed, grey, 2) == float("inf"), "the border does not count"
    with pytest.raises(ValueError, match="same size"):
        psnr_y(grey, grey[:10], 2)


def test_ssim_sees_structure() -> None:
    real = photograph(60, 60)
    noise = np.random.default_rng(0).integers(-20, 20, real.shape)
    noisy = np.clip(real.astype(int) + noise, 0, 255).astype(np.uint8)
    assert np.isclose(ssim_y(real, real, 2), 1)
    assert ssim_y(255 - real, real, 2) < ssim_y(noisy, real, 2) < 0.99


@pytest.mark.parametrize("scale", [2, 4])
def test_the_fixed_kernel_is_bicubic(scale: int) -> None:
    """An untrained tail adds nothing: the network is then PIL's own enlargement."""
    network = Upscaler(8, 2, scale)
    torch.nn.init.zeros_(network.tail.weight)
    y, x = np.mgrid[:20, :24]  # smooth: PIL rounds and clips between its two passes
    small = np.stack([60 + 5 * x, 80 + 4 * y, 120 + 40 * np.sin(x / 3)], -1).astype(np.uint8)
    x = torch.from_numpy(small.transpose(2, 0, 1).copy()).float()[None]
    with torch.no_grad():
        made = network(x)[0].numpy().transpose(1, 2, 0)
    wanted = Image.fromarray(small).resize((24 * scale, 20 * scale), Image.Resampling.BICUBIC)
    inside = slice(4 * scale, -4 * scale)
    apart = np.abs(made.clip(0, 255) - np.asarray(wanted, np.float32))[inside, inside]
    assert apart.max() <= 1.5
    assert torch.allclose(bicubic_kernel(scale).sum((1, 2, 3)), torch.ones(3 * scale**2))


@pytest.mark.parametrize("family", NETWORKS)
def test_nothing_looks_farther_than_its_tiles_overlap(family: str) -> None:
    kind = families()[family]
    config = kind.tiny()
    picture = photograph(70, 64)
    asked = Asked(1, {c.name: c.default for c in kind.controls(config)}, {"picture": picture})
    cut = kind.tiling(config, asked)
    torch.manual_seed(0)
    network = kind.build(config)
    changed = picture.copy()
    changed[:20] = 255 - changed[:20]
    with torch.no_grad():
        one, other = (
            kind.generate(network, config, [asked._replace(inputs={"picture": p})], torch.zeros(1))
            for p in (picture, changed)
        )
    apart = (one[0] - other[0]).abs().amax((0, 2))
    assert apart[(20 + cut.reach) * cut.scale :].max() < 1e-5
    assert apart[: 20 * cut.scale].max() > 0.1


def test_colours_grow_into_clear_places() -> None:
    colours = torch.zeros(1, 3, 9, 9)
    colours[..., :4] = 0.5
    there = torch.zeros(1, 1, 9, 9, dtype=torch.bool)
    there[..., :4] = True
    made = grown(colours, there)
    assert torch.allclose(made[..., 4:8], torch.tensor(0.5)) and made[..., 8].eq(0).all()
    assert grown(colours, torch.ones_like(there)) is colours


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("size", [(1, 40), (33, 1), (7, 5)])
def test_odd_pictures_come_back(channels: int, size: tuple[int, int]) -> None:
    kind = families()["upscale/cnn"]
    config = kind.tiny()
    picture = np.full((*size, channels), 200, np.uint8)
    picture[..., -1] = 0 if channels == 4 else 200
    asked = Asked(1, {"thorough": True}, {"picture": picture})
    with torch.no_grad():
        (made,) = kind.generate(kind.build(config), config, [asked], torch.zeros(1))
    assert tuple(made.shape) == (channels, size[0] * 2, size[1] * 2)
    assert kind.size(config, asked) == (size[0] * 2, size[1] * 2)
    if channels == 4:
        assert made[3].eq(-1).all(), "clear stays clear"


def test_worn_pictures_differ_and_are_small() -> None:
    large = Image.fromarray(photograph(64, 96))
    worn = np.random.RandomState(0)
    first, second = (pairs.shrink(large, 4, "phone", worn) for _ in range(2))
    assert first.size == second.size == (24, 16)
    assert np.abs(np.asarray(first, int) - np.asarray(second, int)).max() > 3


def test_steps_are_orthogonal() -> None:
    torch.manual_seed(0)
    made = orthogonal(torch.randn(8, 30) * torch.logspace(0, -2, 8)[:, None])
    values = torch.linalg.svdvals(made)
    assert values.max() < 1.3 and values.min() > 0.4
    weight = torch.nn.Parameter(torch.randn(6, 4, 3, 3))
    learns = Orthogonal([weight], lr=0.1)
    before = weight.square().sum().item()
    weight.square().sum().backward()
    learns.step()
    assert weight.square().sum().item() < before


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of small photographs of different sizes, and a place for runs."""
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    monkeypatch.setattr(pause, "RUNS", tmp_path / "runs")
    (tmp_path / "pictures").mkdir()
    for i in range(21):
        picture = photograph(48 + i, 60 - i, i)
        Image.fromarray(picture).save(tmp_path / "pictures" / f"p{i:02}.png")
    return tmp_path


@pytest.mark.parametrize("family", NETWORKS)
def test_learns_a_little_and_goes_on(family: str, own) -> None:
    words = [family, "--data", str(own / "pictures"), "--tiny", "--device", "cpu"]
    assert train.main([*words, "--steps", "4"]) == 0
    (folder,) = (own / "runs").glob(f"{family.replace('/', '-')}-*")
    first = torch.load(folder / "state.pt", weights_only=True)
    for name, tensor in first["parts"]["average"].items():
        assert torch.isfinite(tensor.float()).all(), name
    assert json.loads((folder / "job.json").read_text("utf-8"))["config"]["scale"] == 2
    assert train.main([*words, "--steps", "2", "--resume"]) == 0
    second = torch.load(folder / "state.pt", weights_only=True)
    assert second["step"] > first["step"]
    with Image.open(folder / "sheet.png") as sheet:
        assert np.ptp(np.asarray(sheet)) > 0


def test_the_loss_falls(own) -> None:
    words = ["upscale/cnn", "--data", str(own / "pictures"), "--tiny", "--device", "cpu"]
    assert train.main([*words, "--steps", "101", "--minutes", "5"]) == 0
    (folder,) = (own / "runs").glob("*-pictures")
    rows = torch.load(folder / "state.pt", weights_only=True)["rows"]
    assert rows[-1]["loss"] < 0.75 * rows[0]["loss"]
    assert rows[-1]["held_out"] > 10, "decibels on the pictures that were held out"


def test_eight_answers_do_not_depend_on_how_a_picture_lies() -> None:
    torch.manual_seed(0)
    network = Upscaler(8, 2, 2)
    torch.nn.init.normal_(network.tail.weight, std=0.1)
    x = torch.rand(2, 3, 10, 14)
    with torch.no_grad():
        made = eightfold(network, x)
        for turned in (lambda y: y.rot90(1, (2, 3)), lambda y: y.flip(3), lambda y: y.flip(2)):
            assert torch.allclose(eightfold(network, turned(x)), turned(made), atol=1e-5)
            assert not torch.allclose(network(turned(x)), turned(network(x)), atol=1e-3)


@pytest.fixture
def teacher(monkeypatch) -> Upscaler:
    """A published model that doubles, called upscale/wise."""
    torch.manual_seed(1)
    network = Upscaler(8, 2, 2).eval()
    known = {"upscale/wise": types.SimpleNamespace(config={"scale": 2})}
    monkeypatch.setattr(teaching, "cards", lambda: known)
    monkeypatch.setattr(teaching, "load_network", lambda card, device: network)
    return network


@pytest.mark.parametrize("trust", [0.0, 0.75, 1.0])
def test_a_lesson_lies_between_the_truth_and_what_the_teacher_says(trust, own, teacher) -> None:
    told = pairs.load_pairs(str(own / "pictures"), 2)
    cpu = torch.device("cpu")
    learned = teaching.taught(
        told, "upscale/wise", trust, cpu, torch.autocast("cpu", enabled=False)
    )
    assert len(learned) == len(told) == 19
    for i in (0, 7, 18):
        small = torch.from_numpy(told.small[i]).float().div(127.5).sub(1)
        with torch.no_grad():
            said = eightfold(teacher, small)[0].add(1).mul(127.5).clamp(0, 255).numpy()
        wanted = trust * said + (1 - trust) * told.large[i]
        assert np.abs(learned.large[i] - wanted).max() <= 1
        assert (learned.small[i] == told.small[i]).all()


def test_a_student_learns_from_its_teacher_or_is_told_that_there_is_none(own, teacher, capsys):
    words = ["upscale/cnn", "--data", str(own / "pictures"), "--tiny", "--device", "cpu"]
    assert train.main([*words, "--steps", "2", "--set", "teacher=upscale/wise"]) == 0
    assert train.main([*words, "--steps", "2", "--set", "teacher=upscale/nobody"]) == 2
    assert "upscale/nobody is no published model" in capsys.readouterr().err


def test_varied_pairs_are_still_pairs() -> None:
    large = torch.rand(16, 3, 16, 16) * 2 - 1
    small = torch.nn.functional.avg_pool2d(large, 4)
    torch.manual_seed(3)
    shrunk, whole = varied(small, large)
    assert torch.allclose(shrunk, torch.nn.functional.avg_pool2d(whole, 4), atol=1e-6)
    assert whole.abs().max() <= 1
    changed = (whole - large).abs().mean((1, 2, 3))
    assert changed.min() > 0, "every pair is another one"


def test_the_eye_meets_pictures_at_any_pixel_of_its_strides() -> None:
    """Both from the same place, which is another one each time: a mesh in step earns nothing."""
    torch.manual_seed(0)
    ramp = torch.arange(20.0).expand(1, 3, 20, 20) + 20 * torch.arange(20.0)[:, None]
    places = set()
    for _ in range(300):
        made, real = shifted(ramp, ramp + 1)
        assert torch.equal(made + 1, real) and min(made.shape[-2:]) >= 20 - SHIFT
        places.add(divmod(int(made[0, 0, 0, 0]), 20))
    assert len(places) > 0.9 * (SHIFT + 1) ** 2
