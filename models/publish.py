"""python -m models.publish FAMILY --data NAME: from the state in runs/ to a published model.

Writes `published/<domain>/<family>-<data>/`: half-precision weights, card and golden sample.
Measures are added by `python -m models.measure`, since they take minutes of their own.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

import torch

from models.cost import cost
from models.data.sources import SOURCES
from models.family import Card, Words
from models.golden import SEED, write_golden
from models.learning.pause import RUNS, training_paused
from models.registry import HOME, cards, families
from models.weights import load_network, save_weights, weights_hash

WEAK = "Weak: below the bar it was planned for.|较弱:尚未达到预定标准。"


def main(words: list[str] | None = None) -> int:
    """Publish what a training run left. Exit 2 and one sentence on bad input."""
    parser = argparse.ArgumentParser(prog="python -m models.publish", description=main.__doc__)
    parser.add_argument("family")
    parser.add_argument("--data", required=True, help="what it was trained on")
    parser.add_argument("--root", type=Path, default=HOME / "published", help="where to write")
    parser.add_argument("--weak", action="store_true", help="say on the card that it is weak")
    parser.add_argument("--fault", action="append", default=[], help="a known fault, one sentence")
    parser.add_argument("--story", action="append", default=[], help="a run that failed, and why")
    label = "a name for a control of these weights: direction_1='Dark to light|由暗到亮'"
    parser.add_argument("--label", action="append", default=[], help=label)
    asked = parser.parse_args(words)
    try:
        card = publish(asked)
    except (FileNotFoundError, KeyError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"published {card.id}, revision {card.revision}, in {card.folder}")
    return 0


def publish(asked: argparse.Namespace) -> Card:
    """Build the network from the job's averaged weights, finish it, write folder and card."""
    data = Path(asked.data).name
    run = RUNS / (asked.family.replace("/", "-") + "-" + data)
    if not (run / "job.json").exists():
        raise FileNotFoundError(
            f"{run} holds no training state: run python -m models.train {asked.family} "
            f"--data {asked.data} first."
        )
    plan = json.loads((run / "job.json").read_text())
    family = families()[asked.family]
    config = family.config(plan["config"])
    state = torch.load(run / "state.pt", map_location="cpu", weights_only=True)
    network = family.build(config)
    network.load_state_dict(state["parts"]["average"])
    network.eval()
    torch.manual_seed(0)
    family.finish(network, config)

    name = f"{family.id}-{data}"
    noun = SOURCES[data].noun if data in SOURCES else Words(data, data)
    folder = asked.root / name
    folder.mkdir(parents=True, exist_ok=True)
    save_weights(network, folder)
    digest = weights_hash(folder / "weights.safetensors")
    before = cards().get(name)
    card = Card(
        id=name,
        family=family.id,
        title=Words(f"{family.title.en}: {noun.en}", f"{family.title.zh}:{noun.zh}"),
        summary=family.summary,
        config=json.loads(json.dumps(dataclasses.asdict(config))),
        data=SOURCES[data].facts() if data in SOURCES else {"name": data, "licence": "the owner's"},
        licence=SOURCES[data].licence if data in SOURCES else "the owner's",
        revision=digest[:12],
        weights_sha256=digest,
        measures=before.measures if before and before.weights_sha256 == digest else (),
        command=_command(plan, state),
        faults=([WEAK] if asked.weak else []) + asked.fault,
        difficulty=asked.story or (list(before.difficulty) if before else []),
        labels=_labels(asked.label, before, digest),
        folder=folder,
    )
    network = load_network(card)  # from the file: what the card says is what a reader gets
    with training_paused():
        spent = {"training_minutes": round(state["spent"], 1), "training_samples": state["seen"]}
        figures = {**cost(family, config, network), **spent, "machine": plan["device"]}
    seed = before.golden.get("seed", SEED) if before else SEED  # chosen once, see models.golden
    golden = write_golden(family, config, network, folder, seed)
    card = dataclasses.replace(card, cost=figures, golden=golden)
    card.save(folder)
    return card


def _command(plan: dict, state: dict) -> str:
    """What a person types to train it again from nothing."""
    minutes = max(1, round(state["spent"]))
    changed = "".join(f" --set {pair}" for pair in plan.get("changed", ()))
    command = f"python -m models.train {plan['family']} --data {plan['data']} --minutes {minutes}"
    return command + changed


def _labels(pairs: list[str], before: Card | None, digest: str) -> dict[str, Words]:
    """Names belong to weights: those of an earlier card stay only while the weights do."""
    kept = dict(before.labels) if before and before.weights_sha256 == digest else {}
    for pair in pairs:
        name, _, phrase = pair.partition("=")
        en, separator, zh = phrase.partition("|")
        if not separator:
            raise ValueError(f"--label {pair}: give both languages, English|中文.")
        kept[name] = Words(en, zh)
    return kept


if __name__ == "__main__":
    sys.exit(main())
