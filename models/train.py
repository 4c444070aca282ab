"""python -m models.train FAMILY --data NAME_OR_FOLDER --minutes M [--device D] [--resume]"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import sys
from pathlib import Path

from models.registry import trainable


def main(words: list[str] | None = None) -> int:
    """Train one family on one data set or folder. Exit 2 and one sentence on bad input."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=main.__doc__)
    parser.add_argument("family", help="for example pictures/dcgan")
    parser.add_argument("--data", required=True, help="a data set's name or a folder of pictures")
    parser.add_argument("--minutes", type=float, help="how long (default: the family's recipe)")
    parser.add_argument("--steps", type=int, help="end after so many steps at the latest")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda, mps")
    parser.add_argument("--resume", action="store_true", help="go on where the last run stopped")
    parser.add_argument("--tiny", action="store_true", help="the test-sized twin")
    for_recipe = "override a number of the recipe or configuration, e.g. --set batch=32"
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=for_recipe)
    asked = parser.parse_args(words)
    known = trainable()
    if asked.family not in known:
        return _refuse(f"No family is called {asked.family!r}; families: {', '.join(known)}.")
    family = known[asked.family]
    try:
        config = family.tiny() if asked.tiny else family.Config()
        config, recipe = _override(config, family.Recipe(), asked.set)
        job = make_job(family, config, recipe, asked)
        importlib.import_module(family.loop).learn(job)
    except (FileNotFoundError, ValueError) as error:
        return _refuse(str(error))
    print(f"{job.name}: {job.seen} samples, {job.spent:.1f} minutes in all; see {job.folder}")
    return 0


def make_job(family, config, recipe, asked):
    """The job that the command line asks for, with its folder below runs/."""
    import torch

    from models.learning.job import Job
    from models.learning.memory import keep_memory
    from models.learning.pause import RUNS

    keep_memory()
    folder = RUNS / (family.id.replace("/", "-") + "-" + Path(asked.data).name)
    minutes = recipe.minutes if asked.minutes is None else asked.minutes
    return Job(
        family, config, recipe, asked.data, minutes, pick_device(asked.device, torch),
        asked.resume, folder, asked.steps, changed=tuple(asked.set),
    )  # fmt: skip


def pick_device(name: str, torch):
    """auto: CUDA, else Apple's MPS, else the CPU."""
    if name != "auto":
        return torch.device(name)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


def _override(config, recipe, pairs: list[str]):
    for pair in pairs:
        name, _, text = pair.partition("=")
        holder = config if hasattr(config, name) else recipe
        if not hasattr(holder, name):
            raise ValueError(f"--set {pair}: neither recipe nor configuration has {name!r}.")
        kind = type(getattr(holder, name))
        value = text.lower() in ("1", "true", "yes") if kind is bool else kind(text)
        changed = dataclasses.replace(holder, **{name: value})
        config, recipe = (changed, recipe) if holder is config else (config, changed)
    return config, recipe


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
