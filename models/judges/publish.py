"""python -m models.judges.publish FAMILY --data NAME [--name NAME]: from runs/ to a judge.

Writes `published/judges/<name>/`: half-precision weights and a card with accuracies on real test
pictures. Its hash stands in every row that it measures, so a judge is published once and kept:
a new one needs --replace, and then every model is measured again.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

import torch

from models.data.sources import SOURCES
from models.family import Card, Words
from models.learning.pause import RUNS
from models.registry import HOME, cards, trainable
from models.weights import load_network, save_weights, weights_hash


def main(words: list[str] | None = None) -> int:
    """Publish the judge that a training run left. Exit 2 and one sentence on bad input."""
    parser = argparse.ArgumentParser(
        prog="python -m models.judges.publish", description=main.__doc__
    )
    parser.add_argument("family", help="judges/eye, judges/classifier, judges/guesser")
    parser.add_argument("--data", required=True, help="what it was trained on")
    parser.add_argument("--name", help="what it is called (default: as the data)")
    parser.add_argument("--root", type=Path, default=HOME / "published", help="where to write")
    parser.add_argument("--replace", action="store_true", help="in place of the published one")
    parser.add_argument("--fault", action="append", default=[], help="a known fault, one sentence")
    asked = parser.parse_args(words)
    try:
        card = publish(asked)
    except (FileNotFoundError, FileExistsError, KeyError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"published {card.id}, revision {card.revision}, in {card.folder}")
    for row in card.measures:
        print(f"  {row['name']}: {row['value']}")
    return 0


def publish(asked: argparse.Namespace) -> Card:
    """Write weights and card, then measure on the test split with the weights as they were read."""
    data = Path(asked.data).name
    run = RUNS / (asked.family.replace("/", "-") + "-" + data)
    if not (run / "job.json").exists():
        raise FileNotFoundError(
            f"{run} holds no training state: run python -m models.train {asked.family} "
            f"--data {asked.data} first."
        )
    folder = asked.root / "judges" / (asked.name or data)
    if (folder / "card.json").exists() and not asked.replace:
        raise FileExistsError(
            f"{folder} is published, and figures rest on it: pass --replace and then measure "
            "every model again."
        )
    plan = json.loads((run / "job.json").read_text())
    state = torch.load(run / "state.pt", map_location="cpu", weights_only=True)
    family = trainable()[asked.family]
    config = family.config(plan["config"])
    network = family.build(config)
    network.load_state_dict(state["parts"]["average"])
    digest = weights_hash(save_weights(network, folder))
    source = _source(asked.data)
    card = Card(
        id=f"judges/{folder.name}",
        family=family.id,
        title=Words(f"{family.title.en}: {folder.name}", f"{family.title.zh}:{folder.name}"),
        summary=family.summary,
        config=dataclasses.asdict(config),
        data=source,
        licence=source["licence"],
        revision=digest[:12],
        weights_sha256=digest,
        command=f"python -m models.train {asked.family} --data {asked.data} "
        f"--minutes {max(1, round(state['spent']))}",
        faults=asked.fault,
        folder=folder,
    )
    network = load_network(card, family=family)  # from the file: what a reader gets is measured
    card = dataclasses.replace(
        card,
        measures=family.examine(network, config, asked.data),
        cost={
            "parameters": sum(p.numel() for p in network.parameters()),
            "training_minutes": round(state["spent"], 1),
            "training_samples": state["seen"],
            "machine": plan["device"],
        },
    )
    card.save(folder)
    return card


def _source(data: str) -> dict:
    """Whose pictures it learned from: a data set's, a published model's, or a person's own."""
    name = Path(data).name
    if data in cards():
        facts = dict(cards()[data].data)
        return {**facts, "title": f"Pictures that {data} makes; it learned from {facts['title']}"}
    return SOURCES[name].facts() if name in SOURCES else {"name": name, "licence": "the owner's"}


if __name__ == "__main__":
    sys.exit(main())
