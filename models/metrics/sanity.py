"""python -m models.metrics.sanity [--data cats]: does the eye rank what a person would rank?

Real training pictures, harmed on purpose, stand in for a model's samples.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
import torch
import torch.nn.functional as F

from models.data import load_pictures
from models.metrics.eye import Figures, Reference, figures
from models.metrics.features import look
from models.metrics.subject import GROUPS, held_out
from models.registry import judge
from models.weights import load_network


def main(words: list[str] | None = None) -> None:
    """Print the table: one row for each kind of harm."""
    parser = argparse.ArgumentParser(prog="python -m models.metrics.sanity", description=__doc__)
    parser.add_argument("--data", default="cats")
    parser.add_argument("--size", type=int, default=64)
    asked = parser.parse_args(words)
    print(f"{'':22}{'FD-eye':>10}{'KD-eye':>10}{'precision':>11}{'recall':>8}")
    for name, found in ranking(asked.data, asked.size):
        cells = f"{found.fd:10.2f}{found.kd:10.1f}{found.precision:11.3f}{found.recall:8.3f}"
        print(f"{name:22}{cells}", flush=True)


def ranking(data: str, size: int) -> Iterator[tuple[str, Figures]]:
    """Every harm and its figures, in the order of `harmed`."""
    card = judge("eye")
    train = load_pictures(data, size, "train")
    test = held_out(load_pictures(data, size, "test"))
    reference = Reference.of(train, test, load_network(card), card.revision)
    drawn = np.random.RandomState(0).permutation(len(train))[: GROUPS * len(test)]
    yield "PCA-Gaussian", figures(reference, reference.gaussian.pooled)
    for name, pictures in harmed(train.pictures[drawn]):
        yield name, figures(reference, look(reference.eye, pictures).pooled)


def harmed(real: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """uint8 pictures (n, 3, h, w) -> (name, pictures) from untouched to nothing left."""
    x = torch.from_numpy(real).float()
    seeded = torch.Generator().manual_seed(0)
    grain = torch.randn(x.shape, generator=seeded)
    other = x[torch.randperm(len(x), generator=seeded)]
    yield "real", real
    for sigma in (0.5, 1.0, 2.0):
        yield f"blurred, sigma {sigma:g}", _bytes(_blur(x, sigma))
    for level in (5, 15, 45):
        yield f"grain, {level} of 255", _bytes(x + level * grain)
    for share in (0.1, 0.3, 0.5):
        yield f"{share:.0%} of another", _bytes(torch.lerp(x, other, share))
    half = x.shape[-2] // 2
    yield "lower half of another", _bytes(torch.cat([x[:, :, :half], other[:, :, half:]], 2))
    swapped = torch.cat([x[:, :, half:], x[:, :, :half]], 2)
    yield "halves swapped", _bytes(swapped)
    few = np.arange(len(real)) % max(len(real) // 40, 2)
    yield "one in 40, repeated", real[few]
    yield "noise", _bytes(127.5 + 60 * grain)


def _blur(x: torch.Tensor, sigma: float, reach: int = 6) -> torch.Tensor:
    steps = torch.arange(-reach, reach + 1).float()
    weights = torch.exp(-((steps / sigma) ** 2) / 2)
    weights = (weights / weights.sum()).repeat(x.shape[1], 1, 1, 1)
    padded = F.pad(x, (reach,) * 4, mode="reflect")
    across = F.conv2d(padded, weights, groups=x.shape[1])
    return F.conv2d(across, weights.transpose(2, 3), groups=x.shape[1])


def _bytes(x: torch.Tensor) -> np.ndarray:
    return x.clamp(0, 255).round().byte().numpy()


if __name__ == "__main__":
    main()
