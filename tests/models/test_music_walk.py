"""Walks between two pieces: even steps for the ear, from file to file, as a whole piece."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.golden import example
from models.layers.bar_walk import PLACES, apart, even_places, straight, walk
from models.registry import cards
from models.values import STEP, TICKS, Notes, Track
from models.weights import load_network
from tests.models.test_families import tiny
from tests.models.test_music import ask, hear, loud

VAES = ("music/melodyvae", "music/drumvae")


def sudden() -> np.ndarray:
    """Distances between 65 places whose 32 steps all turn within a tenth of the way."""
    turned = np.clip((np.arange(65) - 40) * 5, 0, 32)
    return np.abs(turned[:, None] - turned[None]) / 32


def test_places_are_even_for_the_ear_and_never_go_back() -> None:
    far = sudden()
    places = even_places(far, 9)
    assert places[0] == 0 and places[-1] == 64 and (np.diff(places) > 0).all()
    steps = far[places[:-1], places[1:]]
    plain = far[range(0, 57, 8), range(8, 65, 8)]
    assert plain.max() / plain.mean() > 7, "evenly spaced latents: all at once"
    assert steps.max() <= 6 / 32 and steps.max() / steps.mean() < 2
    assert even_places(far, 2) == [0, 64]


@pytest.mark.parametrize("name", VAES)
def test_a_walk_begins_and_ends_where_it_should(name: str) -> None:
    _, config, _ = tiny(name)
    network = loud(name)
    first, last = torch.randn(2, config.latent)
    wide = 9 if name.endswith("drumvae") else 1
    chance, way = torch.rand(config.steps, wide), straight(first, last)
    made = walk(network, way, 5, chance, 0.0)
    assert len(made) == 5
    ends = network.write(torch.stack([first, last]), chance.expand(2, -1, -1), torch.zeros(2))
    # two pieces at once are rounded otherwise than 65 on some processors: by 3e-6
    assert torch.allclose(made[[0, -1]], ends, atol=1e-5)
    assert len(walk(network, way, 1, chance, 0.0)) == 1
    far = apart(network, network.write(way, chance.expand(PLACES, -1, -1), torch.zeros(PLACES)))
    assert (far >= 0).all() and (np.diag(far) == 0).all() and np.allclose(far, far.T)


def other() -> Notes:
    """Another tune and another beat than those of `example`."""
    tune = [[i * TICKS // 2, 84 - i % 7, TICKS // 2, 90] for i in range(32)]
    beat = [[i * TICKS // 4, (36, 51, 45, 51)[i % 4], 60, 100] for i in range(64)]
    tracks = (("tune", tune, False), ("beat", beat, True))
    return Notes(
        tuple(Track(n, np.array(r, np.int32), 0, drums) for n, r, drums in tracks), 100, 16 * TICKS
    )


def place(piece: Notes, i: int) -> set[tuple[int, int]]:
    """Steps and pitches of the i-th two bars; a hit that is early belongs to the bar it means."""
    steps = np.rint(piece.tracks[0].rows[:, 0] / STEP).astype(int)
    pairs = zip((steps % 32).tolist(), piece.tracks[0].rows[:, 1].tolist(), strict=True)
    return {pair for pair, at in zip(pairs, (steps // 32).tolist(), strict=True) if at == i}


@pytest.mark.parametrize("name", VAES)
def test_a_walk_leads_from_one_file_to_the_other(name: str) -> None:
    """Its first two bars are those of a walk that stays at the first file, its last the other's."""
    files = example("notes"), other()

    def bars(tune, goal, seed: int = 5) -> list[set]:
        given = {k: v for k, v in (("tune", tune), ("other", goal)) if v is not None}
        asked = ask(name, seed, form="walk", bars=18, heat=0.0, human=0.0)
        (piece,) = hear(name, asked._replace(inputs=given))
        assert piece.ticks == 18 * piece.bar
        return [place(piece, i) for i in (0, 8)]

    begin, end = bars(*files)
    back = bars(*files[::-1])
    assert begin == back[1] and end == back[0] and begin != end
    assert bars(*files, seed=6)[0] == begin, "between two files the seed decides nothing"
    assert bars(files[0], None)[0] == begin and bars(None, files[1])[1] == end
    assert bars(files[0], None)[1] != end


@pytest.mark.parametrize("name", VAES)
def test_a_walk_between_seeds_ends_at_the_other_seed(name: str) -> None:
    shape = {"form": "walk", "heat": 0.0, "human": 0.0}
    there, here = (
        hear(name, ask(name, seed, toward=to, **shape, bars=bars))[0]
        for seed, to, bars in ((5, 9, 6), (9, 5, 2))
    )
    assert place(there, 2) == place(here, 0) != place(there, 0)


@pytest.mark.parametrize("model", [c for c in cards() if c.split("-")[0] in VAES])
def test_published_walks_are_smooth(model: str) -> None:
    """Between seeds too, at the heat that the page begins with: at most twice the mean step."""
    network = load_network(cards()[model])
    wide = 9 if "drum" in model else 1
    drawn = torch.Generator().manual_seed(0)
    ratios = []
    for _ in range(6):
        ends = network.place(torch.randn(2, network.middle.shape[0], generator=drawn) * 0.9)
        chance = torch.rand(network.steps, wide, generator=drawn)
        made = walk(network, straight(*ends), 9, chance, 0.4)
        far = np.diag(apart(network, made), 1)
        ratios.append(far.max() / far.mean())
    assert np.mean(ratios) <= 2
