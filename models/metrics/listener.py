"""Does a sound hold what was asked for, and how far are sounds from real ones? A judge listens.

Real means the held-out test recordings; requests have their labels. Floor: as many real training
recordings in place of samples. Baseline: a Gaussian over the same components of their spectrograms.
Frechet distances are taken in the judge's 96 features, so they compare models on one data set only.
"""

from __future__ import annotations

import numpy as np
import torch

from models.answer import answer, default_asked
from models.data.sounds import SoundSet, load_sounds
from models.family import Asked
from models.judges.listener.learning import BATCH, hear, looks_of
from models.layers.player import Player
from models.layers.sound_controls import GRAIN
from models.learning.hearing import at_speed, pictures_of
from models.metrics.frechet import frechet
from models.metrics.subject import PRIOR, Subject, row
from models.registry import cards, judge
from models.weights import load_network

GROUPS = 2  # groups of samples, each as many as there are held-out recordings


def rows(subject: Subject) -> list[dict]:
    """Recognised by column, Frechet distance; what an own recording loses where it is taken in."""
    train, test = load_sounds(subject.data, "train"), load_sounds(subject.data, "test")
    card = judge(subject.data)
    listener = load_network(card)
    asked = _asked(subject, test)
    made = _made(subject, asked)
    found = hear(listener, made)
    real = hear(listener, test.sounds)
    lines = []
    for i, column in enumerate(listener.names):
        wanted = np.tile(test.labels[column], GROUPS)
        share = float((found[:, i] == wanted).mean())
        lines.append(
            row(subject, f"recognised: {column}", share, "share", "higher",
                ceiling=float((real[:, i] == test.labels[column]).mean()),
                baseline=1 / len(test.names[column]), samples=len(asked), judge=card.revision)
        )  # fmt: skip
    lines += _distances(subject, listener, card.revision, train, test, made)
    if hasattr(subject.network, "encode"):
        lines += _again(subject, listener, card.revision, test)
    return lines


def _distances(subject, listener, revision, train: SoundSet, test: SoundSet, made) -> list[dict]:
    held = features(listener, test.sounds)
    count = len(held)
    mixed = train.sounds[np.random.RandomState(0).permutation(len(train))[:count]]
    floor = frechet(held, features(listener, mixed))
    base = frechet(held, features(listener, gaussian(_player(subject), train, count)))
    points = features(listener, made)
    values = [frechet(held, points[i * count : (i + 1) * count]) for i in range(GROUPS)]
    value = float(np.mean(values))
    facts = {"samples": len(made), "judge": revision}
    return [
        row(subject, "FD-listener", value, "", "lower", floor=floor, baseline=base,
            error=float(np.std(values, ddof=1)), **facts),
        row(subject, "FD-listener above the floor", (value - floor) / (base - floor),
            "of the Gaussian's", "lower", floor=0.0, baseline=1.0, **facts),
    ]  # fmt: skip


def _player(subject: Subject) -> Player:
    """A network with components: its own, or the published C-GAN's of the same sounds."""
    if hasattr(subject.network, "basis"):
        return subject.network
    return load_network(cards()[f"voice/cgan-{subject.data}"])


def _again(subject: Subject, listener, revision: str, test: SoundSet) -> list[dict]:
    """Test recordings taken in and played back: are they still heard as what they are?"""
    network: Player = subject.network
    with torch.inference_mode():
        pictures = pictures_of(at_speed(test.sounds, 1.0, network.spectrum.samples), network)
        back = network.basis.paint(network.decoder(network.encode(network.basis.read(pictures))[0]))
        wide = sum(network.kinds.conditions.sizes)
        rough = GRAIN.default * network.basis.roughness(torch.zeros(len(back), wide))
        parts = zip(back.split(BATCH), rough.split(BATCH), strict=True)
        sounds = torch.cat([network.spectrum.sound(p, r) for p, r in parts]).numpy()
    off = float((back.clamp(-1, 1) - pictures).square().mean().sqrt()) * 36  # dB a unit
    lines = [row(subject, "own sound: loudness off", off, "dB", "lower", samples=len(test))]
    found = hear(listener, sounds)
    for i, column in enumerate(listener.names):
        share = float((found[:, i] == test.labels[column]).mean())
        name = f"own sound recognised: {column}"
        lines.append(
            row(subject, name, share, "share", "higher", samples=len(test), judge=revision)
        )
    return lines


def _asked(subject: Subject, test: SoundSet) -> list[Asked]:
    requests = []
    for seed in range(GROUPS * len(test)):
        at = seed % len(test)
        labels = {c: test.names[c][test.labels[c][at]] for c in test.labels}
        requests.append(default_asked(subject.family, subject.config, seed, **PRIOR, **labels))
    return requests


def _made(subject: Subject, asked: list[Asked]) -> np.ndarray:
    parts = []
    with torch.inference_mode():
        for i in range(0, len(asked), BATCH):
            made = answer(subject.network, subject.family, subject.config, asked[i : i + BATCH])
            parts += [sound.samples for sound in made]
    return np.stack(parts)


@torch.no_grad()
def features(listener, sounds: np.ndarray) -> np.ndarray:
    """Sounds (n, samples) -> (n, hidden) float64."""
    parts = looks_of(listener, sounds).split(BATCH)
    return torch.cat([listener.features(p) for p in parts]).double().numpy()


@torch.no_grad()
def gaussian(network: Player, train: SoundSet, count: int) -> np.ndarray:
    """Sounds (count, samples) of one Gaussian over the components of all training recordings."""
    basis = network.basis
    wide = len(basis.sizes)
    drawn = np.random.RandomState(0).standard_normal((count, wide)).astype(np.float32)
    pictures = basis.paint(torch.from_numpy(drawn))  # coefficients are uncorrelated, of spread one
    leading = torch.zeros(count, sum(network.kinds.conditions.sizes))
    rough = GRAIN.default * basis.roughness(leading)
    parts = zip(pictures.split(BATCH), rough.split(BATCH), strict=True)
    return torch.cat([network.spectrum.sound(p, r) for p, r in parts]).numpy()
