"""Sounds made step by step: frame after frame, sample after sample."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
import soundfile
import torch

from models.answer import answer, default_asked
from models.registry import families
from models.train import main as train
from models.voice.wavenet.network import LEVELS, levels, value
from models.voice.wavenet.sampling import sample

NAMES = ("voice/gru", "voice/wavenet")


@lru_cache(maxsize=2)
def tiny(name: str):
    """A family's tiny twin that has settled with noise of two kinds."""
    family = families()[name]
    config = family.tiny()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = family.build(config)
    drawn = np.random.RandomState(0)
    sounds = drawn.standard_normal((24, config.frames * config.hop)).astype(np.float32)
    fading = np.exp(-np.arange(sounds.shape[1]) / 90).astype(np.float32)
    network.settle(np.cumsum(sounds, 1) * fading, LABELS)
    return family, config, network


LABELS = torch.arange(24)[:, None] % 2


def hear(name: str, *settings: dict) -> list[np.ndarray]:
    family, config, network = tiny(name)
    asked = [default_asked(family, config, s.pop("seed", 1), **s) for s in map(dict, settings)]
    with torch.inference_mode():
        return [sound.samples for sound in answer(network, family, config, asked)]


@pytest.mark.parametrize("name", NAMES)
def test_every_control_is_heard(name) -> None:
    moved = {
        "class": "snare", "blend": 1.0, "place": [1.5, 2.0], "spread": 1.3, "tune": 7.0,
        "fade": 30.0, "grain": 0.0, "between": 1.0, "seed": 2,
    }  # fmt: skip
    family, config, _ = tiny(name)
    known = {c.name for c in family.controls(config)} | {"seed"}
    (plain,) = hear(name, {"class": "kick"})
    assert np.isfinite(plain).all() and 0 < np.abs(plain).max() <= 1
    for control, amount in moved.items():
        if control in known:
            (other,) = hear(name, {"class": "kick", control: amount})
            assert np.abs(other - plain).max() > 0.01, control


@pytest.mark.parametrize("name", NAMES)
def test_a_batch_answers_as_each_alone(name) -> None:
    settings = [{"seed": seed, "class": "kick"} for seed in (1, 2, 3)]
    for together, one in zip(hear(name, *settings), settings, strict=True):
        assert np.abs(together - hear(name, one)[0]).max() < 2e-3


def test_levels_are_fine_near_silence() -> None:
    sounds = torch.linspace(-1, 1, 2001)
    back = value(levels(sounds))
    assert (back - sounds).abs().max() < 0.025
    assert (back - sounds)[990:1011].abs().max() < 0.001
    assert levels(value(torch.arange(LEVELS))).tolist() == list(range(LEVELS))


def test_samples_are_what_the_network_says() -> None:
    _, _, network = tiny("voice/wavenet")
    wishes = torch.eye(2)
    chance = np.random.RandomState(0).standard_normal((2, 60))
    found = torch.from_numpy(sample(network, chance, wishes.double().numpy(), np.ones(2)))
    with torch.no_grad():
        share = network(found, wishes).double().softmax(2).cumsum(2)
    uniform = torch.special.ndtr(torch.from_numpy(chance))
    low = torch.cat([torch.zeros(2, 60, 1), share], 2).gather(2, found[..., None])[..., 0]
    high = share.gather(2, found[..., None])[..., 0]
    assert ((low - 1e-4 <= uniform) & (uniform <= high + 1e-4)).all()


def test_frames_come_back_from_their_components() -> None:
    _, config, network = tiny("voice/gru")
    sounds = np.random.RandomState(1).standard_normal((4, network.spectrum.samples))
    rows = network._rows(sounds.astype(np.float32))
    read = network.read(sounds.astype(np.float32))
    back = network.middle + (read * network.sizes) @ network.components
    assert read.shape == (4, config.frames, config.basis)
    assert (back - rows).square().mean() < (rows - network.middle).square().mean()


@pytest.mark.parametrize("name", NAMES)
def test_it_learns_from_an_own_folder(name, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    for module in ("learning.pause", "data.sounds"):
        monkeypatch.setattr(f"models.{module}.RUNS", tmp_path / "runs")
    drawn = np.random.RandomState(0)
    for i in range(40):
        folder = tmp_path / "own" / ("low" if i % 2 else "high")
        folder.mkdir(parents=True, exist_ok=True)
        soundfile.write(folder / f"{i}.wav", 0.1 * drawn.randn(4000), 16_000)
    words = [name, "--data", str(tmp_path / "own"), "--minutes", "3", "--steps", "2", "--tiny"]
    assert train([*words, "--set", "bands=128"]) == 0
    run = tmp_path / "runs" / f"{name.replace('/', '-')}-own"
    assert (run / "sheet.png").exists()
    state = torch.load(run / "state.pt", weights_only=True)
    assert state["step"] == 2 and all(
        p.isfinite().all() for p in state["parts"]["average"].values()
    )
