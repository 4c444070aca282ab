"""A band's bars: notes survive the grid, decisions say what it would, figures are true."""

from __future__ import annotations

import numpy as np
import torch

from models.layers import band
from models.metrics.band import figures, stuck, tonal_distance
from models.music.musicgan import learning
from models.music.musicgan.network import decide, nats
from tests.models.test_music import ask, hear, same

PARTS = {p.name: p for p in band.PARTS}


def rows(*notes: tuple[int, int, int]) -> np.ndarray:
    return np.array([[start, pitch, length, 90, 0] for start, pitch, length in notes], np.int32)


def phrase() -> np.ndarray:
    """Four bars: a tune with repeated notes, held chords, a bass, and a beat on eighths."""
    melody = rows(*((s, 72 + s % 3, 2) for s in range(0, 64, 2)), (62, 72, 2))
    bridge = rows(*((s, 79, 4) for s in range(0, 64, 8)))
    piano = rows(*((s, p, 8) for s in range(0, 64, 8) for p in (36, 60, 64, 67)))
    grid = band.grid_of((melody, bridge, piano), 64, 0)
    grid[::2, PARTS["drums"].begin] = True
    return grid


def scores(grid: np.ndarray) -> list[torch.Tensor]:
    sure = torch.from_numpy(grid[None].astype(np.float32)) * 20 - 10
    return [sure[..., p.columns] for p in band.PARTS]


def test_notes_survive_the_grid() -> None:
    tracks = {t.name: t for t in band.tracks_of(phrase())}
    held = {(int(s), int(p), int(n)) for s, p, n, _ in tracks["piano"].rows.tolist()}
    assert held == {(s * 120, p, 960) for s in range(0, 64, 8) for p in (60, 64, 67)}
    assert len(tracks["melody"].rows) == 32 and set(tracks["bass"].rows[:, 1].tolist()) == {36}
    assert tracks["drums"].drums and len(tracks["drums"].rows) == 32


def test_repeated_notes_stay_two_notes() -> None:
    none = rows()[:0].reshape(0, 5)
    grid = band.grid_of((rows((0, 60, 2), (2, 60, 2)), none, none), 16, 0)
    assert len(band.tracks_of(grid)[0].rows) == 2


def test_decisions_are_what_the_grid_says_and_cost_nothing() -> None:
    grid = phrase()
    said = scores(grid)
    assert np.array_equal(decide(said)[0].numpy() > 0.5, grid)
    real = torch.from_numpy(grid[None].astype(np.float32))
    assert nats(said, real) < 1 < nats([-x for x in said], real)


def test_pitches_outside_are_moved_by_octaves() -> None:
    for part in band.PARTS[:-1]:
        pitch = np.arange(128)
        up = band.inside(part, pitch)
        assert ((up >= 0) & (up < part.count)).all() and ((up + part.low - pitch) % 12 == 0).all()


def test_figures_of_a_known_phrase() -> None:
    found = figures(phrase()[None])
    assert found["empty bars"] == 0 and found["drum pattern"] == 1
    assert found["qualified notes"] == 1
    assert found["used pitch classes"] == (3 + 1 + 3 + 1) / 4
    silent = phrase()
    silent[:, PARTS["drums"].columns] = False
    assert figures(silent[None])["empty bars"] == 1 / 5
    assert stuck(np.stack([phrase(), silent])).tolist() == [False, True]


def test_tracks_in_one_key_are_nearer_than_a_semitone_off() -> None:
    grid = phrase()
    off = grid.copy()
    bass = PARTS["bass"].columns
    off[:, bass.start + 1 : bass.stop - 1] = np.roll(grid[:, bass.start + 1 : bass.stop - 1], 1, 1)
    assert tonal_distance(grid[None]) < tonal_distance(off[None])


def test_another_take_of_one_track_leaves_the_others() -> None:
    before, after = (
        {
            t.name: t.rows
            for t in hear("music/musicgan", ask("music/musicgan", take_piano=n))[0].tracks
        }
        for n in (0, 7)
    )
    assert not np.array_equal(before.pop("piano"), after.pop("piano"))
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_at_the_end_of_a_mixture_stands_the_other_seed() -> None:
    mixed = ask("music/cgan", 5, toward=9, between=1.0, human=0.0)
    (ours,), (theirs,) = (
        hear("music/cgan", mixed),
        hear("music/cgan", ask("music/cgan", 9, human=0.0)),
    )
    assert same(ours, theirs)


def test_a_generator_that_wishes_for_itself_is_the_one_that_is_told() -> None:
    from models.music.cgan.family import FAMILY as TOLD
    from models.music.musicgan.chance import Chance
    from models.music.musicgan.family import FAMILY
    from models.music.musicgan.lessons import CONDITIONS
    from models.music.musicgan.network import latent_size
    from models.registry import cards
    from models.weights import load_network

    class Lessons:
        """Wishes that hang together, as energy and drums do."""

        def some(self, count: int):
            drawn = torch.randn(count, 4, generator=torch.Generator().manual_seed(0))
            return None, drawn + drawn.roll(1, 1) / 2 + 0.5

    known = load_network(cards()["music/cgan-band"])
    config = FAMILY.Config()
    network, chance = FAMILY.build(config), Chance(Lessons(), config)
    chance.begin(network, "music/cgan-band")
    assert config.shared == TOLD.Config().shared + len(CONDITIONS)
    noise = torch.randn(64, latent_size(config))
    wishes = chance(noise)
    other = torch.cat([noise[:, : chance.first], noise[:, config.shared :]], 1)
    with torch.inference_mode():
        ours, theirs = network(noise), known(other, wishes)
    assert (ours == theirs).float().mean() > 0.9999
    many = chance(torch.randn(20000, latent_size(config)))
    assert torch.allclose(many.mean(0), chance.middle, atol=0.05)
    assert torch.allclose(many.T.cov(), chance.root @ chance.root.T, atol=0.08)


def test_how_much_tracks_play_is_counted_by_bar_and_track() -> None:
    found = learning.playing(torch.from_numpy(phrase()[None].astype(np.float32))).view(4, 9)
    # melody, bridge: sounding and beginning; piano: notes sounding and beginning; bass; drums
    usual = [1, 0.5, 0.5, 0.125, 3, 0.375, 1, 0.125, 0.5]
    assert np.allclose(found[:3], usual, atol=0.01)
    assert np.isclose(found[3, 1], 0.5) and np.allclose(found[3, 2:], usual[2:], atol=0.01)


def test_distributions_are_told_apart_and_the_way_to_the_other_is_known() -> None:
    drawn = torch.Generator().manual_seed(0)
    a, b = torch.randn(2, 400, 6, generator=drawn)
    same_middle = torch.cat([a[:200] * 2, a[200:] * 0.1])
    for other in (b + 1, same_middle, b * 0):
        assert learning.unlike(a, other) > 5 * abs(learning.unlike(a, b))
    moved = (b + 1).requires_grad_()
    learning.unlike(moved, a).backward()
    assert (moved.grad.mean(0) > 0).all() and torch.isfinite(moved.grad).all()
    still = a.clone().requires_grad_()
    learning.unlike(still, a).backward()
    assert torch.isfinite(still.grad).all()


def test_a_generator_can_learn_to_hold_a_note() -> None:
    """A wavering pitch begins a note at every change, however little is struck: fewer beginnings
    must be reached through the pitches."""
    said = [x.clone().requires_grad_() for x in scores(phrase())]
    for part, x in zip(band.PARTS, said, strict=True):
        made = decide(said)[0, :, part.columns]
        begins = made[:, part.count :] if part.kind == "chords" else made[:, -1:]
        (slope,) = torch.autograd.grad(begins.sum(), x)
        if part.kind != "hits":
            pitches = slope[..., : part.count + (part.kind == "voice")]
            assert pitches.abs().sum() > 0, part.name
            assert float(begins.detach().max()) <= 1
    flicker = torch.zeros(1, 64, PARTS["melody"].wide)
    flicker[..., -1] = -10
    flicker[0, ::2, 5], flicker[0, 1::2, 6] = 2.0, 2.0
    flicker.requires_grad_()
    (x, *others) = (flicker, *(s.detach() for s in said[1:]))
    begins = decide([x, *others])[0, :, PARTS["melody"].columns][:, -1]
    assert begins.sum() == 64
    begins.sum().backward()
    assert flicker.grad[0, 1:-1:2, 5].mean() < 0, "to stay with the pitch before begins fewer notes"
