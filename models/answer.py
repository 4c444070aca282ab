"""From requests to a family's output: the one way that engine, golden samples and metrics use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from models.family import Asked, Family


def answer(
    network: torch.nn.Module,
    family: Family,
    config: Any,
    asked: Sequence[Asked],
    device: torch.device | str = "cpu",
) -> Any:
    """Noise from each request's own seed on the CPU, then one pass of the network.

    Pictures: float tensor (batch, channels, height, width) in -1..1 on `device`.
    """
    noise = np.stack([family.noise(config, a) for a in asked])
    return family.generate(network, config, asked, torch.from_numpy(noise).to(device))


def to_bytes(pictures: torch.Tensor) -> np.ndarray:
    """(n, c, h, w) in -1..1 -> uint8; the one rounding that the studio uses."""
    scaled = pictures.detach().float().clamp(-1, 1).add_(1).mul_(127.5)
    return scaled.round_().byte().cpu().numpy()


def to_picture(tensor: torch.Tensor) -> np.ndarray:
    """(channels, height, width) in -1..1 -> (height, width, channels) uint8."""
    return to_bytes(tensor[None])[0].transpose(1, 2, 0)


def default_asked(family: Family, config: Any, seed: int, **controls: Any) -> Asked:
    """The request with every control at its default, save those given."""
    defaults: Mapping[str, Any] = {c.name: c.default for c in family.controls(config)}
    return Asked(seed, {**defaults, **controls})
