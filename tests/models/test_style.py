"""Painting: sizes, strength, colours, mask and tiles; the loops that learn it; its measures."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from models.answer import answer, default_asked
from models.data import load_pictures
from models.layers.whole_norm import WholeNorm
from models.learning import pause
from models.learning.cycle import Buffer, Usual, View, manners, moments, reach_of, squares
from models.learning.job import Job
from models.metrics.content import sobel_cosine
from models.metrics.subject import Subject
from models.metrics.translation import rows as translation_rows
from models.registry import families, judge
from models.style import painting, sheets
from models.style.gallery import works
from models.style.losses import manner_of, style_loss
from models.style.optimised import optimised
from models.weights import load_network

STYLES = ("style/cyclegan", "style/anystyle", "style/several")


@lru_cache(maxsize=4)
def tiny(name: str) -> tuple[Any, Any, torch.nn.Module]:
    family = families()[name]
    config = family.tiny()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = family.build(config)
        for parameter in network.parameters():  # a fresh generator is nearly the identity
            if parameter.requires_grad and parameter.ndim > 1:
                torch.nn.init.normal_(parameter, 0, 0.2)
        family.finish(network, config)
    return family, config, network.eval()


def picture(height: int, width: int, channels: int = 3, seed: int = 0) -> np.ndarray:
    shape = (height, width, channels)
    return np.random.RandomState(seed).randint(0, 255, shape).astype(np.uint8)


def paint(name: str, given: np.ndarray, mask: np.ndarray | None = None, **controls) -> np.ndarray:
    """uint8 (h, w, c)"""
    family, config, network = tiny(name)
    inputs = {"picture": given} if mask is None else {"picture": given, "mask": mask}
    asked = default_asked(family, config, 0, **controls)._replace(inputs=inputs)
    with torch.inference_mode():
        made = answer(network, family, config, [asked])
        if isinstance(made, Iterator):
            *_, (_, made) = made
    return ((made[0].numpy() + 1) * 127.5).round().astype(int).transpose(1, 2, 0)


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("size", [(1, 1), (7, 5000), (51, 49), (511, 513)])
def test_every_size_is_kept(name: str, size: tuple[int, int]) -> None:
    for channels, wanted in ((1, 3), (3, 3), (4, 4)):
        made = paint(name, picture(*size, channels))
        assert made.shape == (*size, wanted)
    assert (paint(name, given := picture(*size, 4))[..., 3] == given[..., 3]).all()


@pytest.mark.parametrize("name", STYLES)
def test_strength_nothing_is_the_picture(name: str) -> None:
    given = picture(40, 36)
    assert (paint(name, given, strength=0.0) == given).all()
    assert np.abs(paint(name, given) - given).max() > 10


def test_strength_is_a_cross_fade_for_generators() -> None:
    given = picture(40, 36)
    full, half = paint("style/cyclegan", given), paint("style/cyclegan", given, strength=0.5)
    assert np.abs(half - (full + given) / 2).max() <= 1


@pytest.mark.parametrize("name", STYLES)
def test_a_mask_says_where(name: str) -> None:
    given, mask = picture(40, 36), np.zeros((40, 36, 3), np.uint8)
    mask[:, 18:] = 255
    made, full = paint(name, given, mask), paint(name, given)
    assert (made[:, :17] == given[:, :17]).all()
    assert (made[:, 20:] == full[:, 20:]).all()


@pytest.mark.parametrize("name", STYLES)
def test_colours_can_be_kept(name: str) -> None:
    given = np.full((40, 36, 3), (120, 110, 130), np.uint8)
    given[10:20, 10:20] = (110, 130, 120)
    made = paint(name, given, colours=True, strength=1.0)
    moved = (made - given)[(made > 0).all(2) & (made < 255).all(2)]
    assert np.abs(moved).max() > 2 and np.ptp(moved, axis=1).max() <= 1


@pytest.mark.parametrize("name", STYLES)
def test_tiles_show_no_seam(name: str, monkeypatch) -> None:
    """With the whole picture's statistics, tiles are the uncut picture."""
    given = picture(200, 280)
    family, config, network = tiny(name)
    asked = default_asked(family, config, 0)._replace(inputs={"picture": given})
    whole = paint(name, given)
    monkeypatch.setattr(painting, "TILE", 96)
    monkeypatch.setattr(painting, "WHOLE", 200 * 280 - 1)
    with torch.inference_mode():
        steps = list(answer(network, family, config, [asked]))
    assert [f for f, _ in steps] == sorted(f for f, _ in steps) and steps[-1][0] == 1.0
    made = ((steps[-1][1][0].numpy() + 1) * 127.5).transpose(1, 2, 0)
    # At this size the statistics are those of the whole, and edges are mirrored as far.
    assert np.abs(made - whole).max() < 1


def test_blend_and_own_style_take_part() -> None:
    family, config, network = tiny("style/anystyle")
    asked = default_asked(family, config, 0)
    given, own = picture(40, 36), picture(30, 30, seed=1)
    first = works()[0].name
    plain = paint("style/anystyle", given, style=first)
    second = paint("style/anystyle", given, style=first, blend=1.0)
    alone = paint("style/anystyle", given, style=works()[1].name)
    assert (second == alone).all() and np.abs(plain - second).max() > 2
    asked = asked._replace(inputs={"picture": given, "own_style": own})
    with torch.inference_mode():
        mine = answer(network, family, config, [asked])[0].numpy()
    assert np.abs((mine + 1) * 127.5 - plain.transpose(2, 0, 1)).max() > 2


def test_the_gallery_is_here_with_its_credits() -> None:
    assert len(works()) == families()["style/anystyle"].Config().gallery
    for work in works():
        with Image.open(work.path) as image:
            assert max(image.size) <= 200
        assert work.artist.en and work.artist.zh and work.title.zh and work.years


def test_a_buffer_mixes_in_what_was_made_before() -> None:
    buffer = Buffer(4)
    older = 0
    for step in range(20):
        made = torch.full((2, 3, 4, 4), float(step))
        near, far = buffer.swap([View(made, [made[:, :1]]), View(made[..., :1], [made[:, :1]])])
        assert near.x.shape == made.shape and (near.x[:, 0] == near.maps[0][:, 0]).all()
        assert (near.x[..., :1] == far.x).all(), "both views of one picture stay together"
        older += bool(near.x.min() < step)
    assert 0 < older < 20
    smaller = View(torch.zeros(1, 3, 2, 2), [torch.zeros(1, 1, 2, 2)])
    assert buffer.swap([smaller])[0].x.shape == smaller.x.shape


def test_moments_are_remembered_and_still_learned_from() -> None:
    usual, x = Usual(), torch.zeros(1, 3, 8, 8)
    for step in range(60):
        maps = torch.full((1, 2, 4, 4), float(step % 2), requires_grad=True)
        made, wanted = usual([View(x, [maps])], [View(x, [maps.detach() + 1])])
    assert made[0][0][0].item() == pytest.approx(0.5, abs=0.1), "the middle of all, not the last"
    assert wanted[0][0][0].item() == pytest.approx(1.5, abs=0.1)
    made[0][0].sum().backward()
    assert maps.grad.sum().item() == pytest.approx(2), "a batch's part is learned from in full"


def test_normalising_has_the_right_gradient() -> None:
    """One picture in channels_last, where torch's instance_norm has not (2.14)."""
    norm, torch_seed = WholeNorm(6), torch.manual_seed(0)
    for count in (1, 3):
        x = torch.randn(count, 6, 9, 7, generator=torch_seed).double().requires_grad_(True)
        turned = x.detach().float().contiguous(memory_format=torch.channels_last)
        turned.requires_grad_(True)
        variance, middle = torch.var_mean(x, (2, 3), unbiased=False, keepdim=True)
        plain, ours = (x - middle) / (variance + 1e-5).sqrt(), norm(turned)
        assert torch.allclose(plain.float(), ours, atol=1e-5)
        toward = torch.randn(count, 6, 9, 7, generator=torch_seed)
        toward = toward.contiguous(memory_format=torch.channels_last)
        (right,) = torch.autograd.grad(plain, x, toward.double())
        (found,) = torch.autograd.grad(ours, turned, toward)
        assert torch.allclose(right.float(), found, atol=1e-4)


def test_squares_are_cut_from_the_pictures() -> None:
    pictures = torch.arange(64, dtype=torch.uint8).repeat(2, 3, 64, 1)
    for _ in range(5):
        reach = reach_of(16, 64, 0.4)
        assert 25 <= reach <= 64
        cut = squares(pictures, 3, 16, reach)
        assert cut.shape == (3, 3, 16, 16) and cut.abs().max() <= 1


def test_manner_and_style_know_their_own() -> None:
    maps = [torch.rand(2, 4, 8, 8), torch.rand(2, 6, 4, 4)]
    own_moments = [moments(m) for m in maps]
    assert manners(own_moments, own_moments).item() == 0
    assert manners([moments(m * 2 + 1) for m in maps], own_moments).item() > 0.1
    pixels = torch.rand(2, 3, 16, 16)
    own = manner_of(pixels, tuple(maps))
    assert style_loss(own, own).item() == 0
    assert style_loss(own, manner_of(pixels, tuple(m + 1 for m in maps))).item() > 0.1
    x = torch.rand(1, 3, 64, 64)
    assert sobel_cosine(x, x).item() == pytest.approx(1, abs=1e-4)
    assert sobel_cosine(x, x.flip(3)).item() < 0.95


def two_kinds(folder: Path, count: int = 130) -> Path:
    """Bluish photographs and reddish paintings, so many of each that every split has some."""
    drawn = np.random.RandomState(0)
    for kind, tint in (("photo", (0, 0, 90)), ("warm", (90, 0, 0))):
        (folder / kind).mkdir(parents=True)
        for i in range(count):
            pixels = drawn.randint(0, 160, (40, 40, 3)) + np.array(tint)
            Image.fromarray(pixels.astype(np.uint8)).save(folder / kind / f"{i}.png")
    return folder


def job(name: str, data: str, folder: Path, **recipe) -> Job:
    family = families()[name]
    return Job(
        family, family.tiny(), family.Recipe(**recipe), data, 5.0, torch.device("cpu"), False,
        folder, 3,
    )  # fmt: skip


@pytest.fixture
def runs(tmp_path, monkeypatch) -> None:
    """A place for signs of life and the ledger outside the project."""
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    monkeypatch.setattr(pause, "RUNS", tmp_path / "runs")
    pause.RUNS.mkdir()


def test_the_cycle_loop_learns_and_measures(runs, tmp_path) -> None:
    data = two_kinds(tmp_path / "kinds")
    learned = job("style/cyclegan", str(data), tmp_path / "run", sides=((32, 2, 1.0),))
    families()["style/cyclegan"]
    from models.learning.cycle import learn

    learn(learned)
    assert (tmp_path / "run" / "sheet.png").exists()
    assert (learned.config.source, learned.config.target) == ("photo", "warm")
    state = torch.load(tmp_path / "run" / "state.pt", weights_only=True)
    fresh = learned.family.build(learned.config).state_dict()
    torch.manual_seed(0)
    assert any((state["parts"]["network"][k] != v).any() for k, v in fresh.items())
    network = learned.family.build(learned.config)
    network.load_state_dict(state["parts"]["average"])
    found = translation_rows(
        Subject("tiny", learned.family, learned.config, network.eval(), str(data))
    )
    names = [r["name"] for r in found]
    assert "KD-eye, photo to warm" in names and "there and back, warm to photo" in names
    kd = found[names.index("KD-eye, photo to warm")]
    assert kd["baseline"] > kd["floor"]


def test_translation_needs_two_kinds(tmp_path) -> None:
    for i in range(40):
        Image.fromarray(picture(40, 40, seed=i)).save(tmp_path / f"{i}.png")
    family = families()["style/cyclegan"]
    with pytest.raises(ValueError, match="two kinds"):
        family.fit_to(family.tiny(), load_pictures(str(tmp_path), 32))


@pytest.mark.parametrize("copying", [0.0, 1.0])
def test_any_style_learns_from_folders(runs, tmp_path, copying: float) -> None:
    data = str(two_kinds(tmp_path / "kinds"))
    from models.style.learning import learn

    learned = job(
        "style/anystyle", data, tmp_path / "run", also=((data, 32, 0.5),), contents=data, side=32,
        style_side=32, batch=2, copying=copying,
    )  # fmt: skip
    learn(learned)
    assert (tmp_path / "run" / "sheet.png").exists() and learned.step == 3
    assert ("style" in learned.rows[0]) == (copying == 0) and learned.rows[0]["back"] > 0


def test_several_styles_learn_each_its_own(runs, tmp_path, monkeypatch) -> None:
    data = str(two_kinds(tmp_path / "kinds", 260))
    from models.metrics.several import rows
    from models.style.learning import learn

    learned = job("style/several", data, tmp_path / "run", contents=data, side=32, style_side=32,
                  squares=8)  # fmt: skip
    with pytest.raises(ValueError, match="no pictures of the style"):
        learn(learned)
    learned.config = dataclasses.replace(learned.config, styles=("photo", "warm"))
    learn(learned)
    state = torch.load(tmp_path / "run" / "state.pt", weights_only=True)["parts"]["average"]
    network = learned.family.build(learned.config).eval()
    network.load_state_dict(state)
    subject = Subject("tiny", learned.family, learned.config, network, data)
    monkeypatch.setattr(subject.family, "Recipe", lambda: learned.recipe)
    found = {r["name"]: r for r in rows(subject)}
    assert found["asked style is the nearest"]["baseline"] == 50
    assert found["style loss, unseen contents"]["value"] > 0


def test_optimisation_comes_closer_to_the_style() -> None:
    eye = load_network(judge("eye"))
    content, style = torch.zeros(1, 3, 32, 32), torch.rand(1, 3, 32, 32) * 2 - 1
    weights = families()["style/anystyle"].Recipe()
    made = optimised(eye, content, style, 6, weights)
    before, after = (
        style_loss(manner_of(x, eye.features(x)), manner_of(style, eye.features(style))).item()
        for x in (content, made)
    )
    assert after < before and made.abs().max() <= 1


@pytest.mark.parametrize(("name", "across", "down"), [("cyclegan", 4, 4), ("several", 4, 3)])
def test_a_sheet_shows_what_is_painted(name, across, down, tmp_path, monkeypatch) -> None:
    data = str(two_kinds(tmp_path / "kinds", 260))
    family, config, network = tiny(f"style/{name}")
    if name == "cyclegan":
        config = dataclasses.replace(config, source="photo", target="warm")
    else:
        recipe = family.Recipe(contents=data)
        monkeypatch.setattr(family, "Recipe", lambda: recipe)
    for number, value in (("SIDE", 32), ("ACROSS", 4), ("EACH", 4), ("CONTENTS", 3)):
        monkeypatch.setattr(sheets, number, value)
    made, columns = sheets.sheet(Subject("tiny", family, config, network, data))
    assert made.shape == (across * down, 3, 32, 32) and columns == across
    rows = made.reshape(down, across, -1).astype(int)
    first, second = (rows[0], rows[1]) if name == "cyclegan" else (rows[:, 0], rows[:, 1])
    assert np.abs(first - second).mean() > 1, "a picture and its painting"
    assert sheets.main(["style/nobody", "-o", str(tmp_path / "x.png")]) == 2
