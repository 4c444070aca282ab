"""The two files of a published model: writing and reading weights beside a card.

Weights are safetensors only, in half precision; networks run in float32 (card's reference).
"""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
import json
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn

from models.family import Card, Family, Words
from models.registry import JUDGES, family_of

FILE = "weights.safetensors"
HALF_LIMIT = 65504.0  # the largest number of half precision


def save_weights(network: nn.Module, folder: Path) -> Path:
    """Write `folder/weights.safetensors`: matrices in half precision, the rest as it is.

    Vectors (biases, statistics of batch normalisation) stay float32: they cost nothing, and a
    variance may leave the range of half precision. ValueError where a weight is not finite.
    """
    kept: dict[str, torch.Tensor] = {}
    for name, tensor in network.state_dict().items():
        tensor = tensor.detach().cpu()
        if tensor.is_floating_point():
            if not torch.isfinite(tensor).all():
                raise ValueError(f"{name} holds numbers that are not finite: train again.")
            tensor = tensor.float()
            if tensor.ndim > 1 and (tensor.abs() <= HALF_LIMIT).all():
                tensor = tensor.half()
        # clone: two names of one tensor would be refused
        kept[name] = tensor.clone(memory_format=torch.contiguous_format)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    save_file(kept, path)
    path.chmod(0o644)  # the library writes for the owner alone; a clone is read by everybody
    return path


def weights_hash(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits; its first twelve are a published model's revision."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_network(
    card: Card, device: torch.device | str = "cpu", family: Family | None = None
) -> nn.Module:
    """The network of a published model: float32, evaluation mode, no gradients.

    `family` is the registry's by default. FileNotFoundError or ValueError (one sentence) where
    the weights are missing or do not fit the card.
    """
    if card.folder is None or not (card.folder / FILE).is_file():
        raise FileNotFoundError(f"{card.id} has no {FILE} beside its card: publish it again.")
    try:
        stored = load_file(card.folder / FILE)
    except SafetensorError as error:
        raise ValueError(f"The weights of {card.id} are not readable ({error}).") from error
    family = family or family_of(card)
    with torch.random.fork_rng(devices=[]):  # fresh weights are drawn and thrown away
        network = family.build(family.config(card.config))
    wide = {k: v.float() if v.is_floating_point() else v for k, v in stored.items()}
    try:
        network.load_state_dict(wide, strict=True)
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:200]
        raise ValueError(f"The weights of {card.id} do not fit its card ({reason}).") from error
    return network.to(device).eval().requires_grad_(False)


def publish_tiny(family: Family, root: Path, data: str = "toy") -> Card:
    """Publish the family's `tiny()` twin with random weights below `root`, for tests.

    Weights are the same on every call. STUDIO_MODELS must name `root` for the registry to see it.
    """
    from models.golden import GOLDEN, write_golden

    config = family.tiny()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = family.build(config)
        network.eval()
        family.finish(network, config)
    name = f"{family.id}-{data}"
    folder = Path(root) / "published" / name
    digest = weights_hash(save_weights(network, folder))
    card = Card(
        id=name,
        family=family.id,
        title=Words(f"{family.title.en}: {data}", f"{family.title.zh}:{data}"),
        summary=family.summary,
        config=json.loads(json.dumps(dataclasses.asdict(config))),
        data=_toy_data(data),
        licence="CC0 1.0",
        revision=digest[:12],
        weights_sha256=digest,
        measures=[{"name": "none", "value": 0.0, "unit": "", "command": "random weights"}],
        command="random weights",
        faults=["Random weights: shows only that everything works.|随机权重:仅用于检验一切正常。"],
        folder=folder,
    )
    network = load_network(card, family=family)
    # A family that works in steps has none here, since it may take its time; a judge makes nothing.
    one_pass = not inspect.isgeneratorfunction(family.generate)
    if family.gives in GOLDEN and one_pass and not family.id.startswith(f"{JUDGES}/"):
        card = dataclasses.replace(card, golden=write_golden(family, config, network, folder))
    card.save(folder)
    return card


def _toy_data(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": "Random numbers",
        "authors": "nobody",
        "licence": "CC0 1.0",
        "terms": "Free for any use.",
        "terms_zh": "可自由使用。",
    }
