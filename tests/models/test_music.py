"""Families that give notes: what they declare is true of what they play."""

from __future__ import annotations

import copy
import dataclasses
from functools import cache

import numpy as np
import pytest
import torch

from models import parts
from models.answer import answer, default_asked
from models.data.songs import Song
from models.family import Asked, Choice, Slider
from models.golden import example
from models.layers import events, playing
from models.layers.bar_vae import choose
from models.registry import families
from models.values import STEP, TICKS, Notes, Track
from tests.models.test_families import ends, tiny

MUSIC = [f.id for f in families().values() if f.gives == "notes"]


def ask(name: str, seed: int = 5, full: bool = False, **controls) -> Asked:
    family, config, _ = tiny(name)
    short = {c.name: c.low for c in family.controls(config) if c.name == "bars"}
    asked = default_asked(family, config, seed, **{**short, **controls})
    given = {t.name: example("notes") for t in family.takes if t.required or full}
    return asked._replace(inputs=given)


@cache
def loud(name: str) -> torch.nn.Module:
    """The tiny twin with weights large enough for everything to make a difference."""
    network = copy.deepcopy(tiny(name)[2])
    with torch.no_grad():
        for weight in network.parameters():
            weight.mul_(4)
    return network


def hear(name: str, *asked: Asked) -> list[Notes]:
    family, config, _ = tiny(name)
    network = loud(name)
    with torch.inference_mode():
        return answer(network, family, config, asked)


def same(a: Notes, b: Notes) -> bool:
    facts = [(n.tempo, n.ticks, n.bar) for n in (a, b)]
    return facts[0] == facts[1] and len(a.tracks) == len(b.tracks) and all(
        (s.name, s.program, s.drums) == (t.name, t.program, t.drums)
        and np.array_equal(s.rows, t.rows)
        for s, t in zip(a.tracks, b.tracks, strict=True)
    )  # fmt: skip


@pytest.mark.parametrize("name", MUSIC)
def test_notes_are_whole(name: str) -> None:
    family, config, _ = tiny(name)
    controls = family.controls(config)
    settings = [{}, {c.name: ends(c)[0] for c in controls}, {c.name: ends(c)[-1] for c in controls}]
    for setting in settings:
        for full in (False, True):
            (notes,) = hear(name, ask(name, full=full, **setting))
            assert notes.ticks % notes.bar == 0 and notes.tracks
            for track in notes.tracks:
                rows = track.rows
                assert rows.dtype == np.int32 and rows.shape[1:] == (4,)
                assert (rows[:, 0] >= 0).all() and (rows[:, 0] < notes.ticks + STEP).all()
                assert ((rows[:, 1] >= 0) & (rows[:, 1] < 128)).all() and (rows[:, 2] > 0).all()
                assert ((rows[:, 3] > 0) & (rows[:, 3] < 128)).all()


@pytest.mark.parametrize("name", MUSIC)
def test_a_batch_is_its_single_pieces_and_seeds_differ(name: str) -> None:
    asked = [ask(name, seed, heat=1.0) for seed in (1, 2, 2**31 - 1)]
    together = hear(name, *asked)
    for one, alone in zip(asked, together, strict=True):
        assert same(hear(name, one)[0], alone)
    assert not same(together[0], together[1]) and not same(together[0], together[2])


@pytest.mark.parametrize("name", MUSIC)
def test_every_control_changes_the_notes(name: str) -> None:
    """At the defaults, or, for what belongs to another control, once that one is set."""
    family, config, _ = tiny(name)
    controls = family.controls(config)
    first = {"heat": 1.0, "bars": 8} | ({"pace": "quarters"} if "chorale" in name else {})
    first |= {c.name: 0.4 for c in controls if c.name == "between"}
    choices = [c for c in controls if not isinstance(c, Slider) and c.group in ("main", "own")]
    bases = [first, *({**first, c.name: end} for c in choices for end in ends(c)[1:3])]

    @cache
    def heard(full: bool, *pairs: tuple) -> Notes:
        controls = {k: list(v) if isinstance(v, tuple) else v for k, v in pairs}
        return hear(name, ask(name, full=full, **controls))[0]

    def notes(full: bool, setting: dict) -> Notes:
        return heard(
            full, *((k, tuple(v) if isinstance(v, list) else v) for k, v in setting.items())
        )

    still = [
        control.name
        for control in controls
        if not any(
            not same(notes(full, base), notes(full, {**base, control.name: end}))
            for base in bases
            for full in (True, False)
            for end in ends(control)
        )
    ]
    assert not still, "these change nothing"


@pytest.mark.parametrize("name", MUSIC)
def test_gradients_reach_every_parameter(name: str) -> None:
    family, config, network = tiny(name)
    network.zero_grad()
    if name in ("music/musicgan", "music/cgan"):
        from models.music.musicgan.network import latent_size

        wanted = torch.randn(4, len(config.conditions)) if config.conditions else None
        made = network(torch.randn(4, latent_size(config)), wanted)
        (made * torch.randn_like(made)).sum().backward()
        assert not dead(network)
        return
    batch = {
        "music/melodyvae": lambda: torch.randint(0, events.EVENTS, (4, config.steps)),
        "music/drumvae": lambda: torch.rand(4, config.steps, 27).round(),
        "music/chorales": _voices,
        "music/choralelstm": _voices,
        "music/wavenet": _tunes,
        "music/arvae": lambda: (
            torch.randint(0, events.EVENTS, (3, 10, config.steps)),
            torch.ones(3, 10),
        ),
    }[name]()
    network.loss(batch, family.Recipe(), 10**6)["loss"].backward()
    assert not dead(network)


def dead(network: torch.nn.Module) -> list[str]:
    """Parameters that learn and yet got no gradient."""
    learned = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    found = [n for n, p in learned if p.grad is None or not p.grad.any()]
    network.zero_grad()
    return found


def _voices():
    from models.music.chorales.lessons import told
    from models.music.chorales.network import SOUNDS

    facts = torch.from_numpy(np.stack([told(12, 4, 0, 12, i, i % 2) for i in range(4)]))
    return torch.randint(0, SOUNDS, (4, 12, 4)), facts, torch.ones(4, 12)


def _tunes():
    from models.music.wavenet.lessons import told
    from models.music.wavenet.network import CHORDS

    facts = torch.from_numpy(np.stack([told(24, 12, bool(i % 2), i - 1.5) for i in range(4)]))
    drawn = (torch.randint(0, size, (4, 24)) for size in (events.EVENTS, CHORDS))
    return *drawn, facts, torch.ones(4, 24)


def test_writing_is_the_decoder() -> None:
    """Teacher-forced states pick again what was written step by step."""
    _, config, _ = tiny("music/melodyvae")
    network = loud("music/melodyvae")
    z, cold = torch.randn(3, config.latent), torch.zeros(3)
    written = network.write(z, torch.zeros(3, config.steps, 1), cold).clone()
    assert torch.equal(network.says(network.states(z, written)).argmax(-1), written)


def test_a_writer_is_the_network() -> None:
    from models.music.wavenet.writer import write

    _, _, network = tiny("music/wavenet")
    facts = _tunes()[2][0].numpy()
    tune, chords = write(network, facts, np.zeros((len(facts), 2)), 0.0)
    state = network(torch.from_numpy(tune)[None], torch.from_numpy(chords)[None], _t(facts))
    assert np.array_equal(network.says_chord(state)[0].argmax(1).numpy(), chords)
    later = torch.nn.functional.gelu(
        state + network.also(network.harmony(torch.from_numpy(chords)))
    )
    assert np.array_equal(network.says_event(later)[0].argmax(1).numpy(), tune)


def _t(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(array)[None]


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_a_singer_is_the_network(cell: str) -> None:
    from models.music.chorales.network import ORDER, Chorales
    from models.music.chorales.singer import Singer

    family = families()["music/chorales"]
    torch.manual_seed(0)
    network = Chorales(dataclasses.replace(family.tiny(), cell=cell)).eval()
    voices, facts, _ = _voices()
    singer = Singer(network, facts[0].numpy(), 1)
    memory, _ = network.remember(torch.nn.functional.pad(voices[:1, :-1], (0, 0, 1, 0)), facts[:1])
    for step in range(3):
        singer.listen(step, voices[0, step - 1 : step].numpy() if step else np.zeros((1, 4), int))
        for i in range(len(ORDER)):
            theirs = network.voice(i, memory[:, step], facts[:1, step], voices[:1, step])
            ours = singer.voice(step, i, voices[:1, step].numpy())
            assert np.abs(ours - theirs.detach().numpy()).max() < 1e-4


def test_a_harmonised_tune_stays_as_it_is() -> None:
    asked = ask("music/chorales", full=True, bars=4, human=0.0, heat=1.0)
    given = example("notes").tracks[0].rows
    soprano = hear("music/chorales", asked)[0].tracks[0].rows
    assert np.array_equal(soprano[:, :2], given[:, :2])


def test_going_on_keeps_the_bars_that_were_given() -> None:
    common = {"bars": 4, "human": 0.0, "heat": 1.0, "task": "go_on", "given": 2, "pace": "quarters"}
    asked = ask("music/chorales", full=True, **common)
    voices = hear("music/chorales", asked)[0].tracks
    given = example("notes").tracks[0].rows
    kept = given[given[:, 0] < 2 * 4 * TICKS]
    sung = {(start, pitch) for start, pitch, *_ in voices[0].rows.tolist()}
    new = np.append(True, kept[1:, 1] != kept[:-1, 1])  # equal neighbours are one note
    assert {(s, p) for s, p, *_ in kept[new].tolist()} <= sung


@pytest.mark.parametrize(
    ("name", "control", "kept", "new"),
    [
        ("music/chorales", "take_voices", ("soprano",), ("alto", "tenor", "bass")),
        ("music/chorales", "take_soprano", ("alto", "tenor", "bass"), ("soprano",)),
        ("music/wavenet", "take_tune", ("chords", "bass"), ("melody",)),
        ("music/wavenet", "take_chords", ("melody",), ("chords",)),
    ],
)
def test_a_lock_holds_while_the_others_are_drawn_again(name, control, kept, new) -> None:
    common = {"bars": 4, "human": 0.0, "heat": 1.0}
    before, after = (
        {t.name: t.rows for t in hear(name, ask(name, **common, **{control: number}))[0].tracks}
        for number in (0, 7)
    )
    assert all(np.array_equal(before[k], after[k]) for k in kept)
    assert not all(np.array_equal(before[k], after[k]) for k in new)


def test_humanising_keeps_the_hits() -> None:
    asked = ask("music/drumvae", full=True, keep=True, human=0.0, bars=2)
    hits = hear("music/drumvae", asked)[0].tracks[0].rows
    given = example("notes").tracks[1].rows
    given = given[given[:, 0] < 32 * STEP]
    assert np.array_equal(np.sort(hits[:, 1]), np.sort(given[:, 1]))
    for pitch in set(given[:, 1].tolist()):
        ours, theirs = (np.sort(rows[rows[:, 1] == pitch, 0]) for rows in (hits, given))
        assert np.abs(ours - theirs).max() <= STEP // 2
    assert len(set(hits[:, 3].tolist())) > 1


def test_melodies_survive_the_grid() -> None:
    rows = np.array([[0, 60, 4, 92, 0], [4, 62, 2, 92, 0], [8, 64, 8, 92, 0]], np.int32)
    made = events.melody_events(rows, 16)
    assert made[6] == events.REST
    assert np.array_equal(events.melody_rows(made), rows)
    window = events.opened(made, 9, 7)
    assert window[0] == events.FIRST + 64 - events.LOW


def test_pitches_outside_are_moved_by_octaves() -> None:
    pitches = np.arange(0, 128)
    folded = events.fold(pitches)
    assert folded.min() >= events.LOW and folded.max() <= events.HIGH
    assert ((folded - pitches) % 12 == 0).all()


def test_drums_survive_the_grid() -> None:
    rows = np.array([[0, 36, 1, 100, 10], [3, 36, 1, 60, -20]], np.int32)
    none = np.zeros((0, 5), np.int32)
    hits = events.drum_hits((rows, *[none] * 8), 8)
    assert np.array_equal(events.drum_rows(hits), rows)


def test_choosing_follows_the_shares_and_the_coolest_is_the_likeliest() -> None:
    logits = torch.tensor([0.1, 0.6, 0.3]).log().expand(1000, 3)
    chance = torch.linspace(0, 0.999, 1000)
    counts = torch.bincount(choose(logits, chance, torch.ones(1000)), minlength=3)
    assert (counts - torch.tensor([100, 600, 300])).abs().max() <= 2
    assert (choose(logits, chance, torch.zeros(1000)) == 1).all()


def test_playing_is_no_more_than_it_says() -> None:
    rows = np.array([[0, 60, 120, 80], [120, 62, 120, 80]], np.int32)
    plain = Notes((Track("melody", rows),), 120, 4 * TICKS)
    controls = {
        c.name: c.default
        for c in playing.playing(100, (("melody", playing.Words("", ""), "harp"),))
    }
    still = playing.play(plain, {**controls, "human": 0}, 1)
    assert np.array_equal(still.tracks[0].rows, rows) and still.tempo == 100
    assert still.tracks[0].program == 46
    swung = playing.play(plain, {**controls, "human": 0, "swing": 1}, 1)
    assert swung.tracks[0].rows[:, 0].tolist() == [0, 200]
    silent = playing.play(plain, {**controls, "level_melody": 0}, 1)
    assert len(silent.tracks[0].rows) == 0


def test_the_tune_of_a_file_is_found() -> None:
    chords = np.array([[i * 960, p, 900, 70] for i in range(8) for p in (48, 52, 55)], np.int32)
    tune = np.array([[i * 480, 72 + i % 5, 400, 90] for i in range(16)], np.int32)
    notes = Notes((Track("chords", chords), Track("tune", tune)), 120, 16 * TICKS)
    assert parts.melody(notes)[0, events.PITCH] == 72
    split = parts.four_voices(Notes(notes.tracks[:1], 120, 16 * TICKS))
    assert [int(v[0, events.PITCH]) for v in split] == [55, 52, 48]


def test_a_song_knows_its_key() -> None:
    bars = np.zeros(0, np.int64)
    song = Song("x", (), 16, 16, 120, "Bb:min", bars, (), {})
    assert song.tonic == 10 and song.minor


def test_choices_of_instruments_are_general_midi() -> None:
    sounds = [
        c for name in MUSIC for c in families()[name].controls(families()[name].tiny())
        if isinstance(c, Choice) and c.name.startswith("sound_")
    ]  # fmt: skip
    assert sounds
    for control in sounds:
        assert all(0 <= playing.INSTRUMENTS[value][0] < 128 for value, _ in control.options)


def test_a_tune_may_have_no_chord_at_all() -> None:
    from models.music.wavenet.piece import arranged

    events = np.full(32, 1, np.int64)
    piece = arranged(events, np.zeros(32, np.int64), 16)
    assert [len(t.rows) for t in piece.tracks if t.name != "melody"] == [0, 0]
