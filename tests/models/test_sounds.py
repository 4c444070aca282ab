"""Families of short sounds: spectrograms and back, components, kinds, own recordings."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from models.answer import answer, default_asked
from models.data.sounds import resample
from models.family import Asked
from models.golden import example
from models.layers.own_sound import prepare
from models.layers.sound_basis import Kinds, SoundBasis, length_of
from models.layers.sound_config import TINY, SoundConfig, fitted
from models.layers.spectrum import PEAK, Spectrum
from models.registry import families
from models.values import Sound
from models.voice.cgan.network import SoundCritic

NAMES = ("voice/cgan", "voice/gaussian", "voice/vae")
TINY_CONFIG = SoundConfig(**TINY)


@lru_cache(maxsize=4)
def tiny(name: str):
    """A family's tiny twin whose basis and kinds are not all alike."""
    family = families()[name]
    config = family.tiny()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = family.build(config)
        pictures = torch.rand(64, 1, config.bands, config.frames) * 2 - 1
        network.basis.fit(pictures, torch.arange(64)[:, None] % 2)
        family.finish(network, config)
    return family, config, network


def hear(name: str, *asked: Asked) -> list[Sound]:
    family, config, network = tiny(name)
    with torch.inference_mode():
        return answer(network, family, config, asked)


def ask(name: str, seed: int = 1, **controls) -> Asked:
    family, config, _ = tiny(name)
    return default_asked(family, config, seed, **controls)


def test_a_tone_survives_the_way_through_the_spectrogram() -> None:
    spectrum = Spectrum(16_000, 512, 128, 128, 64)
    time = torch.arange(spectrum.samples) / 16_000
    tone = 0.3 * torch.sin(2 * torch.pi * 1000 * time) * torch.exp(-6 * time)
    back = spectrum.sound(spectrum.analyse(tone[None]))[0]
    assert back.shape == tone.shape and abs(float(back.abs().max()) - PEAK) < 1e-4
    peaks = [int(torch.fft.rfft(x[:4000]).abs().argmax()) for x in (tone, back)]
    assert abs(peaks[0] - peaks[1]) <= 1, "the pitch is the same"
    again = spectrum.analyse(back[None])
    assert (again - spectrum.analyse(tone[None])).square().mean().sqrt() < 0.2


def test_silence_stays_silence_and_level_does_not_matter() -> None:
    spectrum = Spectrum(8000, 64, 16, 32, 16)
    silent = spectrum.analyse(torch.zeros(1, spectrum.samples))
    assert (silent == -1).all() and spectrum.sound(silent).abs().max() < 1e-3
    noise = torch.randn(1, spectrum.samples)
    assert torch.allclose(spectrum.analyse(noise), spectrum.analyse(0.1 * noise), atol=1e-4)


def test_bands_must_fit_the_bins() -> None:
    with pytest.raises(ValueError, match="cannot be shown"):
        Spectrum(16_000, 512, 128, 99, 16)


def test_components_give_back_what_they_were_fitted_to() -> None:
    basis = SoundBasis(TINY_CONFIG)
    drawn = torch.Generator().manual_seed(0)
    directions = torch.randn(8, 32 * 16, generator=drawn) / 32
    pictures = (torch.randn(40, 8, generator=drawn) @ directions).view(40, 1, 32, 16)
    basis.fit(pictures, torch.zeros(40, 1, dtype=torch.long))
    numbers = basis.read(pictures)
    assert torch.allclose(basis.paint(numbers), pictures, atol=1e-3)
    assert torch.allclose(numbers[:, :8].std(0, unbiased=False), torch.ones(8), atol=1e-2)
    assert float(basis.rough[0].max()) < 0.01, "nothing is left over"


def test_components_are_stored_as_bytes_and_come_back() -> None:
    basis = SoundBasis(TINY_CONFIG)
    drawn = torch.Generator().manual_seed(0)
    pictures = torch.rand(80, 1, 32, 16, generator=drawn) * 2 - 1
    basis.fit(pictures, torch.zeros(80, 1, dtype=torch.long))
    kept = basis.state_dict()
    assert kept["components"].dtype == torch.int8 and basis.components.dtype == torch.float32
    again = SoundBasis(TINY_CONFIG)
    again.load_state_dict(kept)
    off = (again.components - basis.components).norm(dim=1) / basis.components.norm(dim=1)
    assert 0 < off.max() < 0.015
    assert all(
        torch.equal(a, b) for a, b in zip(again.state_dict().values(), kept.values(), strict=True)
    )
    whole = {name: value for name, value in kept.items() if name != "step"}
    again.load_state_dict(whole | {"components": basis.components})
    assert torch.equal(again.components, basis.components), "files with whole components are read"


def test_words_of_different_lengths_are_laid_on_each_other() -> None:
    config = dataclasses.replace(TINY_CONFIG, stretched=True, frames=64)
    basis = SoundBasis(config)
    ramp = torch.linspace(-0.5, 1, 64)
    pictures = torch.full((60, 1, 32, 64), -1.0)
    for i in range(60):  # one shape, spoken in 20 to 60 frames
        long = 20 + 40 * i // 59
        pictures[i, 0, :, :long] = F.interpolate(ramp[None, None], size=long)[0, 0]
    basis.fit(pictures, torch.zeros(60, 1, dtype=torch.long))
    lengths = basis.read(pictures)[:, -1] * basis.lengths[1] + basis.lengths[0]
    assert torch.allclose(lengths, length_of(pictures)) and lengths[-1] - lengths[0] > 30
    off = (basis.paint(basis.read(pictures)) - pictures).abs().mean()
    assert off < 0.05
    longer = torch.zeros(1, config.basis)
    longer[:, -1] = 1
    heard = length_of(basis.paint(torch.cat([-longer, longer])))
    assert heard[1] > heard[0] + 10, "the last coefficient is the length"


def test_each_kind_has_a_place_of_its_own() -> None:
    kinds = Kinds(TINY_CONFIG, 8)
    labels = torch.arange(400)[:, None] % 2
    drawn = torch.Generator().manual_seed(0)
    points = torch.randn(400, 8, generator=drawn) * (1 + labels) + 5 * labels
    kinds.fit(points, torch.zeros_like(points), labels)
    z = torch.randn(2000, 8, generator=drawn)
    for kind, (middle, spread) in enumerate([(0, 1), (5, 2)]):
        wishes = kinds.conditions.one_hot(torch.full((2000, 1), kind))
        made = kinds(z, wishes).detach()
        assert (made.mean(0) - middle).abs().max() < 0.4
        assert abs(float(made.std(0).mean()) - spread) < 0.3


def test_every_pair_of_conditions_has_a_middle_of_its_own() -> None:
    """The places of digits by speakers below are no sum of a place for each."""
    two = {"conditions": ("digit", "speaker"), "names": (("0", "1"), ("anna", "ben", "carl"))}
    places = torch.tensor([[0.0, 4.0, 0.0], [4.0, 0.0, 0.0]])
    labels = torch.cartesian_prod(torch.arange(2), torch.arange(3)).repeat(200, 1)
    drawn = torch.Generator().manual_seed(0)
    points = torch.randn(len(labels), 8, generator=drawn) + places[labels[:, 0], labels[:, 1], None]
    off = []
    for paired in (True, False):
        kinds = Kinds(dataclasses.replace(TINY_CONFIG, **two, paired=paired), 8)
        kinds.fit(points, torch.zeros_like(points), labels)
        made = kinds(torch.zeros(6, 8), kinds.conditions.one_hot(labels[:6])).detach()
        off.append((made - places.flatten()[:, None]).abs().max())
        spread = (kinds.roots @ kinds.roots.mT).diagonal(0, 1, 2).mean()
        assert paired == (spread < 1.2), "what the middles do not tell looks like spread"
    assert off[0] < 0.3 and off[1] > 1


def test_the_critic_is_told_which_speaker_says_which_digit() -> None:
    two = {"conditions": ("digit", "speaker"), "names": (("0", "1"), ("anna", "ben", "carl"))}
    config = dataclasses.replace(TINY_CONFIG, **two, paired=True)
    critic = SoundCritic(config)
    labels = torch.cartesian_prod(torch.arange(2), torch.arange(3)).repeat(2, 1)
    numbers = torch.randn(1, config.basis).expand(12, -1)
    scores = critic(numbers, labels)[:6].view(2, 3)
    assert torch.allclose(critic(numbers, labels)[6:], scores.flatten(), atol=1e-5)
    sums = scores.mean(0) + scores.mean(1, keepdim=True) - scores.mean()
    assert (scores - sums).abs().max() > 0.1, "no sum over digit and speaker"


def test_weights_without_pairs_go_on_as_they_were() -> None:
    two = {"conditions": ("digit", "speaker"), "names": (("0", "1"), ("anna", "ben", "carl"))}
    config = dataclasses.replace(TINY_CONFIG, **two)
    before, now = Kinds(config, 8), Kinds(dataclasses.replace(config, paired=True), 8)
    now.load_state_dict(before.state_dict())
    z, wishes = torch.randn(4, 8), now.conditions.typical(4)
    assert torch.allclose(now(z, wishes), before(z, wishes))


def test_shares_of_combinations_add_up() -> None:
    two = {"conditions": ("digit", "speaker"), "names": (("0", "1"), ("anna", "ben", "carl"))}
    kinds = Kinds(dataclasses.replace(TINY_CONFIG, **two, paired=True), 8)
    wishes = torch.tensor([[0.0, 1.0, 0.25, 0.75, 0.0]])
    share = kinds.conditions.together(wishes)
    assert torch.allclose(share, torch.tensor([[0, 0, 0, 0.25, 0.75, 0]]))


@pytest.mark.parametrize("name", NAMES)
def test_every_control_is_heard(name) -> None:
    (plain,) = hear(name, ask(name, **{"class": "kick"}))
    moved = {
        "class": "snare", "blend": 1.0, "place": [1.5, 2.0], "spread": 1.3, "tune": 7.0,
        "fade": 30.0, "grain": 0.0, "direction_1": 4.0, "between": 1.0,
    }  # fmt: skip
    for control, value in moved.items():
        (other,) = hear(name, ask(name, **{"class": "kick", control: value}))
        assert other.rate == plain.rate and len(other.samples) == len(plain.samples)
        assert np.isfinite(other.samples).all() and np.abs(other.samples).max() <= 1
        assert np.abs(other.samples - plain.samples).max() > 0.01, control


@pytest.mark.parametrize("name", NAMES)
def test_a_batch_answers_as_each_alone(name) -> None:
    asked = [ask(name, seed, **{"class": "kick"}) for seed in (1, 2, 3)]
    for together, one in zip(hear(name, *asked), asked, strict=True):
        (alone,) = hear(name, one)
        assert np.abs(together.samples - alone.samples).max() < 2e-3


@pytest.mark.parametrize("name", [n for n in NAMES if n != "voice/gaussian"])
def test_gradients_reach_every_learned_number(name) -> None:
    _, _, network = tiny(name)
    numbers = torch.randn(8, len(network.basis.sizes))
    if name == "voice/vae":
        made, mean, spread = network(numbers)
        (made.square().sum() + mean.square().sum() + spread.square().sum()).backward()
    else:
        network(
            torch.randn(8, network.latent), network.kinds.conditions.typical(8)
        ).sum().backward()
    learned = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    dead = [n for n, p in learned if p.grad is None or not p.grad.any()]
    network.zero_grad()
    assert learned and not dead


def test_half_a_fade_of_sixty_decibels_is_measured() -> None:
    (plain,) = hear("voice/vae", ask("voice/vae", grain=0.0))
    (faded,) = hear("voice/vae", ask("voice/vae", grain=0.0, fade=60.0))
    late = int(0.02 * plain.rate)
    power = [np.square(s.samples[late:]).sum() / np.square(s.samples).sum() for s in (plain, faded)]
    assert power[1] < power[0]


def test_own_recordings_of_every_rate_are_taken_in() -> None:
    _, _, network = tiny("voice/vae")
    (without,) = hear("voice/vae", ask("voice/vae"))
    tone = example("sound")
    twice = Sound(resample(tone.samples, tone.rate, 44_100), 44_100)
    codes = []
    for sound in (tone, twice):
        codes.append(network._heard(sound))
        asked = ask("voice/vae")._replace(inputs={"sound": sound})
        (own,) = hear("voice/vae", asked)
        assert np.abs(own.samples - without.samples).max() > 0.01
    assert torch.allclose(*codes, atol=0.2), "the rate of a file changes next to nothing"


def test_the_morph_leads_from_one_recording_to_the_other() -> None:
    tone = example("sound")
    other = Sound(np.random.RandomState(0).randn(4000).astype(np.float32) * 0.1, 16_000)
    both = {"sound": tone, "other": other}
    ends = [
        hear("voice/vae", ask("voice/vae", morph=m)._replace(inputs=both))[0] for m in (0.0, 1.0)
    ]
    alone = [
        hear("voice/vae", ask("voice/vae")._replace(inputs={"sound": s}))[0] for s in (tone, other)
    ]
    for end, one in zip(ends, alone, strict=True):
        assert np.abs(end.samples - one.samples).max() < 1e-4


def test_a_recording_begins_at_its_onset() -> None:
    late = Sound(np.concatenate([np.zeros(8000), np.ones(100)]).astype(np.float32), 8000)
    found = prepare(late, 8000, 64)
    assert found.shape == (64,) and found[:8].abs().max() < 0.2 and found[8:64].min() > 0.5
    assert (prepare(Sound(np.zeros(10, np.float32), 8000), 8000, 64) == 0).all()


def test_sizes_follow_from_the_data() -> None:
    class Data:
        rate, labels, names = 8000, {"digit": None}, {"digit": ("0", "1")}
        sounds = np.ones((10, 5000), np.float32)

    config = fitted(SoundConfig(), Data)
    assert (config.window, config.hop, config.frames) == (256, 64, 80)
    assert config.frames * config.hop >= 5000 and config.blended == "digit"
    assert not config.paired, "one condition alone has nothing to be paired with"
