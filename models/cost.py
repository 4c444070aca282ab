"""What a network costs: parameters, operations, milliseconds, memory.

python -m models.cost [MODEL ...] times published models again, all by default, and writes it into
their cards: for figures that were taken while the machine was busy.
"""

from __future__ import annotations

import dataclasses
import statistics
import sys
import time
from typing import Any

import torch

from models.family import Family
from models.golden import golden_value
from models.learning.pause import training_paused
from models.registry import cards, family_of
from models.weights import load_network


def cost(family: Family, config: Any, network: torch.nn.Module) -> dict[str, float | int]:
    """Figures at batch 1 in float32 on this machine for the golden request.

    Time is the median of 60 answers, or of as many as fit into ten seconds.
    """
    from torch.utils.flop_counter import FlopCounterMode

    for _ in range(3):
        golden_value(family, config, network)
    times, until = [], time.perf_counter() + 10
    while len(times) < 60 and (not times or time.perf_counter() < until):
        begun = time.perf_counter()
        golden_value(family, config, network)
        times.append(1000 * (time.perf_counter() - begun))
    with FlopCounterMode(display=False) as counter:
        golden_value(family, config, network)
    stored = [*network.parameters(), *network.buffers()]
    return {
        "parameters": sum(p.numel() for p in network.parameters()),
        "stored_numbers": sum(p.numel() for p in stored),
        "operations": counter.get_total_flops(),
        "milliseconds": round(statistics.median(times), 2),
        "memory_mb": round(sum(p.numel() * p.element_size() for p in stored) / 2**20, 1),
        "threads": torch.get_num_threads(),
    }


def main(names: list[str]) -> int:
    """Time the named models again. Exit 2 and one sentence where one is not published."""
    known = cards()
    for name in names or known:
        if name not in known:
            print(f"No published model is called {name!r}.", file=sys.stderr)
            return 2
        card = known[name]
        family = family_of(card)
        with training_paused():
            figures = cost(family, family.config(card.config), load_network(card))
        dataclasses.replace(card, cost={**card.cost, **figures}).save(card.folder)
        print(f"{name}: {card.cost.get('milliseconds')} -> {figures['milliseconds']} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
