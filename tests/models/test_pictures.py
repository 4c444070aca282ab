"""What is particular to one picture family: styles, conditions, transparency, own pictures."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from models.answer import answer, default_asked
from models.family import Asked
from models.judges.eye.family import FAMILY as EYE
from models.layers.conditions import CORNERS, drawn
from models.layers.labels import COLUMNS, SEED, choices, label_words
from models.layers.own_picture import prepare, prepare_digit
from models.layers.projected import END, ProjectedCritic
from models.registry import families

PICTURES = [f for f in families().values() if f.id.startswith("pictures/")]
ADVERSARIAL = [f.id for f in PICTURES if hasattr(f, "critic")]


@lru_cache(maxsize=16)
def tiny(name: str):
    family = families()[f"pictures/{name}"]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = family.build(family.tiny())
        family.finish(network, family.tiny())
    return family, family.tiny(), network


def paint(name: str, seed: int, inputs: dict | None = None, **controls) -> torch.Tensor:
    family, config, network = tiny(name)
    asked = default_asked(family, config, seed, **controls)._replace(inputs=inputs or {})
    with torch.inference_mode():
        return answer(network, family, config, [asked])[0]


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_the_critic_learns_with_all_of_itself(name: str) -> None:
    family = families()[name]
    config = family.tiny()
    critic = family.critic(config, family.Recipe()).eval()
    x = torch.randn(8, config.channels, config.size, config.size)
    sizes = [len(values) for values in getattr(config, "names", ())]
    labels = torch.stack([torch.arange(8) % k for k in sizes], 1) if sizes else None
    scores = critic(x, labels)
    assert scores.shape == (8,)
    names = critic.misnamed(critic.see(x), labels) if getattr(family.Recipe, "naming", 0) else 0
    (scores.square().sum() + names).backward()
    assert all(p.grad is not None and p.grad.any() for p in critic.parameters())


def test_modulated_channels_keep_their_power() -> None:
    """Demodulation: whatever the style, what leaves a layer has about unit variance."""
    from models.layers.modulated import ModulatedUp

    torch.manual_seed(0)
    up = ModulatedUp(64, 48, 8)
    x = torch.randn(16, 64, 8, 8)
    for strength in (0.1, 1.0, 10.0):
        power = up(x, torch.randn(16, 8) * strength).square().mean().item()
        assert 0.6 < power < 1.4


def test_truncation_leads_to_one_middle_picture() -> None:
    def apart(spread: float) -> float:
        return (paint("stylegan", 1, spread=spread) - paint("stylegan", 2, spread=spread)).std()

    assert apart(0.3) < apart(0.8) < apart(1.3)


def test_mixing_everything_is_the_second_seed() -> None:
    """All three switches on: the styles of the second seed; only the fine noise stays."""
    every = {"mix_coarse": True, "mix_middle": True, "mix_fine": True}
    mixed = paint("stylegan", 1, mix_seed=9, grain=0.0, **every)
    assert torch.allclose(mixed, paint("stylegan", 9, grain=0.0), atol=1e-5)
    half = paint("stylegan", 1, mix_seed=9, grain=0.0, mix_fine=True)
    assert (half - mixed).abs().max() > 0.02 < (half - paint("stylegan", 1, grain=0.0)).abs().max()


def test_mapped_latents_vary_by_one_around_their_middle() -> None:
    family, config, network = tiny("stylegan")
    family.finish(network, config)
    w = network.mapping(torch.randn(20_000, config.latent)).detach()
    assert torch.allclose(w.mean(0), network.middle, atol=0.05)
    assert torch.allclose(w.std(0), torch.ones(config.latent), atol=0.05)


def test_the_first_direction_changes_a_picture_more_than_chance_does() -> None:
    family, config, network = tiny("stylegan")
    family.finish(network, config)

    def change(way: torch.Tensor) -> float:
        codes = torch.stack([network.middle + way, network.middle - way])
        still = torch.zeros(2, sum(s * s for s in network.sides))
        up, down = network.synthesise(codes[:, None].expand(-1, network.layers, -1), still)
        return (up - down).detach().square().mean().item()

    assert torch.allclose(network.directions @ network.directions.T, torch.eye(2), atol=1e-4)
    seeded = torch.Generator().manual_seed(1)
    chance = torch.nn.functional.normalize(torch.randn(16, config.latent, generator=seeded), dim=1)
    assert change(network.directions[0]) > sum(map(change, chance)) / 16


def test_heroes_are_cut_out_hard() -> None:
    for seed in range(1, 5):
        picture = paint("cgan", seed)
        alpha = picture[3]
        assert set(alpha.unique().tolist()) <= {-1.0, 1.0}
        assert (picture[:3, alpha < 0] == -1).all(), "clear pixels are black, as in the data"
    from models.pictures.cgan.network import cut_out

    raw = torch.randn(2, 4, 4, 4, requires_grad=True)
    cut_out(raw).sum().backward()
    assert raw.grad[:, 3].abs().min() > 0, "the hard edge lets the gradient through"


def wishes_of(seed: int, **controls) -> torch.Tensor:
    family, config, network = tiny("cgan")
    asked = default_asked(family, config, seed, **controls)
    numbers = torch.from_numpy(drawn(asked))[None]
    return network.conditions.wishes(numbers, [asked])[0]


def test_turning_a_hero_keeps_the_rest() -> None:
    front, back = wishes_of(4, direction="front"), wishes_of(4, direction="back")
    assert front[:2].tolist() == [0, 1] and back[:2].tolist() == [1, 0]
    assert torch.equal(front[2:], back[2:]) and front[2:].sum() == 1
    assert wishes_of(4, skin="orc")[2:].tolist() == [0, 0, 1]
    blended = wishes_of(4, skin="dark", blend_to="orc", blend=0.25)
    assert blended[2:].tolist() == [0.75, 0, 0.25]


def test_seeds_choose_among_all_that_occurs_and_walks_do_not_jump() -> None:
    skins = {tuple(wishes_of(seed)[2:].tolist()) for seed in range(40)}
    assert len(skins) == 3
    asked = default_asked(*tiny("cgan")[:2], 7, place=(0.25, 0.5))
    weights = drawn(asked).reshape(CORNERS, 2)[:4, 0]
    assert np.allclose(weights, [0.375, 0.125, 0.375, 0.125])
    halfway = default_asked(*tiny("cgan")[:2], 7, between=0.25, toward=8)
    assert np.allclose(drawn(halfway).reshape(CORNERS, 2)[:3, 0], [0.75, 0.25, 0])
    spots = [wishes_of(7, place=(x, 0.0)) for x in np.linspace(0, 3, 61)]
    assert max((a - b).abs().max() for a, b in pairwise(spots)) <= 0.051
    here, there = wishes_of(7, place=(1.0, 0.0)), wishes_of(7, place=(0.0, 0.0))
    assert here.sum() == there.sum() == 2


def test_choices_of_conditions_follow_the_labels() -> None:
    made = choices(("direction", "sort"), (("back", "front"), ("a b", "c")), "sort")
    assert [c.name for c in made] == ["direction", "sort", "blend_to", "blend"]
    assert made[0].default == "front" and SEED not in dict(made[0].options)
    assert made[1].default == SEED and [v for v, _ in made[1].options] == [SEED, "a b", "c"]
    assert made[1].label.en == "sort" and COLUMNS["direction"].zh == made[0].label.zh
    assert label_words("forest green").zh == "森林绿" and label_words("no such").zh == "no such"
    assert choices((), (), "") == ()


def cat() -> np.ndarray:
    rng = np.random.default_rng(0)
    return np.kron(rng.integers(0, 255, (4, 4, 3), dtype=np.uint8), np.ones((9, 9, 1), np.uint8))


def test_an_own_picture_is_where_the_walk_begins() -> None:
    family, config, network = tiny("vae")
    given = {"picture": cat()}
    x = prepare(cat(), config.size, config.channels)
    with torch.inference_mode():
        again = network.decode(network.encoder(x[None])[0])[0]
    assert torch.allclose(paint("vae", 1, given), again, atol=1e-5)
    assert torch.allclose(paint("vae", 2, given), again, atol=1e-5), "at 1 the seed has no say"
    assert torch.allclose(paint("vae", 1, given, near=0.0), paint("vae", 1), atol=1e-5)
    moved = paint("vae", 1, given, direction_1=3.0)
    assert (moved - again).abs().max() > 0.02
    two = [default_asked(family, config, 1), default_asked(family, config, 2)]
    two[1] = Asked(2, two[1].controls, given)
    with torch.inference_mode():
        both = answer(network, family, config, two)
    assert torch.allclose(both[0], paint("vae", 1), atol=1e-4), "beside a guest, the same picture"
    assert torch.allclose(both[1], again, atol=1e-4)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_own_pictures_of_every_kind_are_prepared(channels: int) -> None:
    picture = np.zeros((30, 50, channels), np.uint8)
    assert prepare(picture, 16, 3).shape == (3, 16, 16)
    clear = prepare(picture, 16, 3).mean().item()
    assert clear == (1.0 if channels == 4 else -1.0), "transparent stands on white"
    assert prepare_digit(picture, 28).shape == (1, 28, 28)


def test_a_digit_on_paper_becomes_one_of_mnist() -> None:
    paper = Image.new("RGB", (300, 200), (240, 235, 220))
    ImageDraw.Draw(paper).line([(200, 30), (210, 120)], fill=(30, 30, 60), width=12)
    x = (prepare_digit(np.asarray(paper), 28)[0] + 1) / 2
    rows, columns = torch.nonzero(x > 0.5, as_tuple=True)
    assert x[0, 0] < 0.05 and x.max() > 0.9, "light ink on black"
    assert 18 <= rows.max() - rows.min() + 1 <= 20
    middle = (torch.arange(28)[:, None] * x).sum() / x.sum()
    assert abs(middle - 13.5) <= 1 and abs(columns.float().mean() - 13.5) <= 1


def test_one_handwriting_writes_every_digit() -> None:
    _, config, network = tiny("cvae")
    given = {"picture": cat()}
    read = paint("cvae", 1, given)
    every = [paint("cvae", 1, given, digit=d) for d in config.names[0]]
    x = network.prepare(cat())
    errors = [float((picture - x).square().mean()) for picture in every]
    assert torch.equal(read, every[int(np.argmin(errors))]), "without a choice it reads the digit"
    assert (every[0] - every[1]).abs().max() > 0.02


def test_where_wishes_say_it_all_seeds_differ_by_their_wishes_alone() -> None:

    family = families()["pictures/cgan"]
    config = dataclasses.replace(family.tiny(), directions=0)
    names = {c.name for c in family.controls(config)}
    assert not names & {"spread", "direction_1"} and {"place", "between", "skin"} <= names
    torch.manual_seed(0)
    network = family.build(config)
    family.finish(network, config)
    wishes = {"direction": "front", "skin": "orc"}
    asked = [default_asked(family, config, seed, **wishes) for seed in (1, 2)]
    asked.append(default_asked(family, config, 1, direction="back", skin="orc"))
    with torch.inference_mode():
        one, two, back = answer(network, family, config, asked)
    assert torch.equal(one, two) and not torch.equal(one, back)


def test_a_projected_critic_learns_to_tell_and_leaves_the_eye_alone() -> None:
    torch.manual_seed(0)
    eye = EYE.build(EYE.tiny()).eval()
    before = {name: tensor.clone() for name, tensor in eye.state_dict().items()}
    critic = ProjectedCritic(eye, 64)
    learns = torch.optim.Adam(critic.parameters(), 2e-3, (0.0, 0.99))
    bright = torch.rand(8, 3, 64, 64, requires_grad=True)
    dark = torch.rand(8, 3, 64, 64) - 0.9
    for _ in range(20):
        right, wrong = critic(bright), critic(dark)
        assert right.shape == (4 * 8 * END * END,), "every place of every map has an opinion"
        loss = torch.nn.functional.softplus(torch.cat([-right, wrong])).mean()
        learns.zero_grad()
        loss.backward()
        learns.step()
        critic.requires_grad_(False).requires_grad_(True)  # as the loop does
    assert critic(bright).mean() > critic(dark).mean() + 1
    assert bright.grad.abs().amax((1, 2, 3)).min() > 0, "what a generator learns from"
    assert all(torch.equal(before[name], t) for name, t in eye.state_dict().items())
    assert not any("stage" in name for name in critic.state_dict())
