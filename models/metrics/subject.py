"""What is measured: a published model, or a training run as it stands; its samples by seeds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.answer import answer, default_asked, to_bytes
from models.data import PictureSet, load_pictures
from models.family import Asked, Card, Choice, Family
from models.registry import cards, trainable
from models.weights import load_network

PRIOR = {"spread": 1.0}  # the whole prior: a careful spread looks better and covers less
GROUPS = 4  # groups of samples, each as many as there are held-out pictures
MOST = 2000  # held-out pictures that are used
BATCH = 50


@dataclass
class Subject:
    """A network with its family, and the real pictures that it is held against."""

    name: str
    family: Family
    config: Any
    network: torch.nn.Module
    data: str
    card: Card | None = None
    command: str = ""
    shared: dict[str, Any] = field(default_factory=dict)  # what one group leaves for the next

    def real(self, split: str) -> PictureSet:
        """Real pictures at the model's size; of the test split a fixed draw of at most 2000."""
        kept = self.shared.setdefault("real", {})
        if split not in kept:
            found = load_pictures(self.data, self.config.size, split, self.config.channels)
            kept[split] = held_out(found) if split == "test" else found
        return kept[split]

    @cached_property
    def asked(self) -> list[Asked]:
        """One request a sample, seeds from 0; conditions are drawn as in the held-out pictures."""
        controls = self.family.controls(self.config)
        prior = {c.name: PRIOR[c.name] for c in controls if c.name in PRIOR}
        columns = [c.name for c in controls if isinstance(c, Choice)]
        test = self.real("test")
        columns = [c for c in columns if c in test.labels]
        requests = []
        for seed in range(GROUPS * len(test)):
            row = seed % len(test)
            labels = {c: test.names[c][test.labels[c][row]] for c in columns}
            requests.append(default_asked(self.family, self.config, seed, **prior, **labels))
        return requests

    @cached_property
    def made(self) -> np.ndarray:
        """The samples, uint8 (4 * held-out, channels, size, size)."""
        parts = []
        with torch.inference_mode():
            for i in range(0, len(self.asked), BATCH):
                batch = self.asked[i : i + BATCH]
                parts.append(to_bytes(answer(self.network, self.family, self.config, batch)))
        return np.concatenate(parts)


def open_subject(name: str) -> Subject:
    """`pictures/dcgan-cats`, or the folder of a training run; ValueError says what else to do."""
    published = cards()
    command = f"python -m models.measure {name}"
    if name in published:
        card = published[name]
        family = trainable()[card.family]
        return Subject(
            name, family, family.config(card.config), load_network(card), card.data["name"], card,
            command,
        )  # fmt: skip
    run = Path(name)
    if not (run / "job.json").exists():
        raise ValueError(
            f"No published model is called {name!r} and no folder of that name holds a training "
            f"run; published: {', '.join(published)}."
        )
    plan = json.loads((run / "job.json").read_text())
    family = trainable()[plan["family"]]
    config = family.config(plan["config"])
    network = family.build(config)
    state = torch.load(run / "state.pt", map_location="cpu", weights_only=True)
    network.load_state_dict(state["parts"]["average"])
    network.eval()
    torch.manual_seed(0)
    family.finish(network, config)
    return Subject(run.name, family, config, network, plan["data"], None, command)


def row(subject: Subject, name: str, value: float, unit: str, better: str, **more: Any) -> dict:
    """One row of a card: what, how much, which way is better, by which command; more says floor,
    ceiling, baseline, error, samples and the hash of the judge where they exist."""
    facts = {"name": name, "value": value, "unit": unit, "better": better, **more}
    facts = {k: float(f"{v:.4g}") if isinstance(v, float) else v for k, v in facts.items()}
    return {**facts, "command": subject.command}


def held_out(found: PictureSet) -> PictureSet:
    """The test split as it is measured against: a fixed draw of at most 2000 pictures."""
    if len(found) <= MOST:
        return found
    kept = np.sort(np.random.RandomState(0).permutation(len(found))[:MOST])
    labels = {c: numbers[kept] for c, numbers in found.labels.items()}
    return PictureSet(found.pictures[kept], found.source, labels, found.names)
