"""Every published model alone: one answer at batch 1, against the same network as it was trained.

The reference is the family's network exactly as its weights are stored; ours is what the engine
runs (batch norm folded, memory format chosen), so the ratio is what the loading buys.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from studio.bench import Row

ROUNDS = 100


def rows() -> Iterator[Row]:
    """One row for each card that answers live."""
    import torch

    from models.answer import answer, default_asked
    from models.registry import cards, family_of
    from models.weights import load_network, load_plain

    for card in cards().values():
        family = family_of(card)
        if not family.live:
            continue
        config = family.config(card.config)
        asked = [default_asked(family, config, seed=1)]
        networks = {"ours": load_network(card), "reference": load_plain(card)}

        def once(name: str, networks=networks, family=family, config=config, asked=asked) -> None:
            with torch.inference_mode():
                answer(networks[name], family, config, asked)

        times = side_by_side({name: lambda name=name: once(name) for name in networks})
        yield Row(
            f"models: {card.id}",
            times["ours"],
            times["reference"],
            "ms",
            "weights as stored, eager",
        )


def side_by_side(calls: dict[str, Callable[[], None]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median milliseconds of each call; they take turns, so that both meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 5):
        for name, call in calls.items():
            begun = time.perf_counter()
            call()
            if turn >= 5:
                times[name].append(1000 * (time.perf_counter() - begun))
    return {name: statistics.median(values) for name, values in times.items()}
