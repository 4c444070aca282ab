"""The measures that look through the eye: FD-eye, KD-eye, precision, recall, nearest picture.

Real means the held-out test pictures. Floor (or ceiling): as many real training pictures in place
of samples. Baseline: a PCA-Gaussian of the same training pictures. Values are means over four
groups of samples, each as large as the test set.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch

from models.answer import to_bytes
from models.data import PictureSet
from models.judges.eye.network import Eye
from models.metrics.features import BATCH, Looks, Scale, look, look_once
from models.metrics.frechet import frechet
from models.metrics.kernel import kernel_distance
from models.metrics.nearest import RARE, nearest, share_copied
from models.metrics.precision_recall import precision_recall
from models.metrics.subject import GROUPS, Subject, row
from models.registry import judge, trainable
from models.weights import load_network

KERNEL_UNIT = 1000.0  # kernel distances are printed in thousandths


class Figures(NamedTuple):
    """How far one set of pictures is from the held-out ones."""

    fd: float
    fd_error: float  # spread between groups of samples
    kd: float
    kd_error: float
    precision: float
    recall: float


@dataclass
class Reference:
    """What the eye knows of the real pictures that a subject is held against."""

    eye: Eye
    revision: str
    test: Looks
    train: Looks
    scale: Scale
    gaussian: Looks
    strangers: np.ndarray  # distance of every test picture to its nearest training picture

    @classmethod
    def of(cls, train: PictureSet, test: PictureSet, eye: Eye, revision: str) -> Reference:
        seen = look_once(eye, revision, train.pictures)
        held = look_once(eye, revision, test.pictures)
        drawn = gaussian_samples(train.pictures, len(test) * GROUPS, train.source.mirror)
        apart = _both_ways(held, look_once(eye, revision, _mirrored(test.pictures)), seen)
        gaussian = look_once(eye, revision, drawn)
        return cls(eye, revision, held, seen, Scale.of(seen.pooled), gaussian, apart)


def rows(subject: Subject) -> list[dict]:
    """Six rows for the card; subject.shared["reference"] may hold a Reference already."""
    if "reference" not in subject.shared:
        card = judge("eye")
        subject.shared["reference"] = Reference.of(
            subject.real("train"), subject.real("test"), load_network(card), card.revision
        )
    return compare(subject, subject.shared["reference"])


def compare(subject: Subject, real: Reference) -> list[dict]:
    """The rows of one subject against one reference."""
    count = len(real.test.pooled)
    made = look(real.eye, subject.made)
    mine = figures(real, made.pooled)
    floor = figures(real, _shuffled(real.train.pooled))
    base = figures(real, real.gaussian.pooled)
    gaps = _both_ways(made, look(real.eye, _mirrored(subject.made)), real.train)
    copied, limit = share_copied(gaps, real.strangers)
    above = (mine.fd - floor.fd) / (base.fd - floor.fd)
    facts = {"samples": count, "groups": GROUPS, "eye": real.revision}

    def line(name: str, unit: str, better: str, **values: float) -> dict:
        return row(subject, name, values.pop("value"), unit, better, **values, **facts)

    return [
        line("FD-eye", "", "lower", value=mine.fd, floor=floor.fd, baseline=base.fd,
             error=mine.fd_error),
        line("FD-eye above the floor", "of the PCA-Gaussian's", "lower", value=above, floor=0.0,
             baseline=1.0),
        line("KD-eye", "1/1000", "lower", value=mine.kd, floor=floor.kd, baseline=base.kd,
             error=mine.kd_error),
        line("precision", "share", "higher", value=mine.precision, ceiling=floor.precision,
             baseline=base.precision),
        line("recall", "share", "higher", value=mine.recall, ceiling=floor.recall,
             baseline=base.recall),
        line("nearer to a training picture than real ones", "share", "lower", value=copied,
             floor=RARE, limit=limit),
    ]  # fmt: skip


def figures(real: Reference, pooled: np.ndarray) -> Figures:
    """Pooled features (n, channels) against the held-out pictures: means over groups."""
    test = real.scale.points(real.test.pooled)
    groups = _groups(real.scale.points(pooled), len(test))
    fds = [frechet(test, g) for g in groups]
    kd, kd_error = np.mean([kernel_distance(test, g) for g in groups], 0) * KERNEL_UNIT
    precision, recall = np.mean([precision_recall(test, g) for g in groups], 0)
    fd_error = np.std(fds, ddof=1) if len(fds) > 1 else np.nan
    return Figures(*map(float, (np.mean(fds), fd_error, kd, kd_error, precision, recall)))


def gaussian_samples(train: np.ndarray, count: int, mirror: bool) -> np.ndarray:
    """uint8 samples of a PCA-Gaussian fitted here, the same on every call.

    Noise is drawn for pixels and projected to the components: a component's sign, which differs
    between machines and numbers of threads, then changes nothing.
    """
    family = trainable()["pictures/pca"]
    side, channels = train.shape[-1], train.shape[1]
    config = dataclasses.replace(family.Config(), size=side, channels=channels)
    wide = min(config.latent, len(train) - 1, channels * side**2)
    config = dataclasses.replace(config, latent=wide, directions=min(config.directions, wide))
    drawn, made = np.random.RandomState(0), []
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(0)
        network = family.build(config)
        pictures = torch.from_numpy(train).float() / 127.5 - 1
        network.fit(torch.cat([pictures, pictures.flip(3)]) if mirror else pictures)
        unit = torch.nn.functional.normalize(network.components, dim=1)
        for first in range(0, count, BATCH):
            noise = drawn.standard_normal((min(BATCH, count - first), unit.shape[1]))
            z = torch.from_numpy(noise.astype(np.float32)) @ unit.T
            made.append(to_bytes(network(z)))
    return np.concatenate(made)


def _groups(points: np.ndarray, count: int) -> list[np.ndarray]:
    found = [points[i : i + count] for i in range(0, len(points) - count + 1, count)]
    if not found:
        raise ValueError(f"{len(points)} training pictures cannot stand beside {count} test ones.")
    return found[:GROUPS]


def _shuffled(points: np.ndarray) -> np.ndarray:
    return points[np.random.RandomState(0).permutation(len(points))]


def _mirrored(pictures: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(pictures[..., ::-1])


def _both_ways(plain: Looks, mirrored: Looks, train: Looks) -> np.ndarray:
    """Distance to the nearest training picture, as it is or mirrored."""
    return np.minimum(
        nearest(plain.layout, train.layout)[0], nearest(mirrored.layout, train.layout)[0]
    )
