"""Every published model alone at batch 1, beside the generator of the DCGAN paper.

The paper's generator (Radford et al. 2016: 100 numbers to 64 px through 1024-512-256-128
channels, 12.7 M parameters) is built here with random weights: its time does not depend on them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

from studio.bench import Row

ROUNDS = 100
WARM = 5


def rows() -> Iterator[Row]:
    """One row for each card that answers live."""
    import torch

    from models.answer import answer, default_asked
    from models.registry import cards, family_of
    from models.weights import load_network

    paper = paper_generator()
    z = torch.randn(1, 100, 1, 1)
    for card in cards().values():
        family = family_of(card)
        if not family.live or any(t.required for t in family.takes):
            continue
        config, network = family.config(card.config), load_network(card)
        asked = [default_asked(family, config, seed=1)]

        def ours(network=network, family=family, config=config, asked=asked) -> None:
            answer(network, family, config, asked)

        with torch.inference_mode():
            times = side_by_side({"ours": ours, "reference": lambda: paper(z)})
        yield Row(
            f"models: {card.id}",
            times["ours"],
            times["reference"],
            "ms",
            "the DCGAN paper's generator",
        )


def paper_generator():
    """The generator of the DCGAN paper, float32, evaluation mode."""
    from torch import nn

    widths = [100, 1024, 512, 256, 128]
    layers: list[nn.Module] = []
    for i, (a, b) in enumerate(pairwise(widths)):
        stride, pad = (2, 1) if i else (1, 0)
        layers += [
            nn.ConvTranspose2d(a, b, 4, stride, pad, bias=False),
            nn.BatchNorm2d(b),
            nn.ReLU(),
        ]
    return nn.Sequential(*layers, nn.ConvTranspose2d(128, 3, 4, 2, 1), nn.Tanh()).eval()


def side_by_side(
    calls: dict[str, Callable[[], object]], rounds: int = ROUNDS, warm: int = WARM
) -> dict[str, float]:
    """Median milliseconds of each call; they take turns, so that both meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + warm):
        for name, call in calls.items():
            begun = time.perf_counter()
            call()
            if turn >= warm:
                times[name].append(1000 * (time.perf_counter() - begun))
    return {name: statistics.median(values) for name, values in times.items()}
