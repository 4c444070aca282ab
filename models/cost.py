"""What a network costs: parameters, operations, milliseconds, memory."""

from __future__ import annotations

import statistics
import time
from typing import Any

import torch

from models.answer import answer, default_asked
from models.family import Family


def cost(family: Family, config: Any, network: torch.nn.Module) -> dict[str, float | int]:
    """Figures at batch 1 in float32 on this machine; time is the median of 60 answers."""
    from torch.utils.flop_counter import FlopCounterMode

    asked = [default_asked(family, config, seed=1)]
    with torch.inference_mode():
        for _ in range(5):
            answer(network, family, config, asked)
        times = []
        for _ in range(60):
            begun = time.perf_counter()
            answer(network, family, config, asked)
            times.append(1000 * (time.perf_counter() - begun))
        with FlopCounterMode(display=False) as counter:
            answer(network, family, config, asked)
    stored = [*network.parameters(), *network.buffers()]
    return {
        "parameters": sum(p.numel() for p in network.parameters()),
        "stored_numbers": sum(p.numel() for p in stored),
        "operations": counter.get_total_flops(),
        "milliseconds": round(statistics.median(times), 2),
        "memory_mb": round(sum(p.numel() * p.element_size() for p in stored) / 2**20, 1),
        "threads": torch.get_num_threads(),
    }
