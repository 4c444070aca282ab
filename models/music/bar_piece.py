"""From a request to bars: ideas, mixed with a person's own, bent by the sliders, written out."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from models.family import Asked
from models.layers.ideas import ideas, open_noise


@torch.inference_mode()
def written(
    network, asked: Asked, noise: torch.Tensor, names: Sequence[str], wide: int, own
) -> torch.Tensor:
    """noise (flat; models.layers.form.draw), `own` windows (k, steps, ...) or None -> events, all
    steps of the piece in a row.

    A person's own windows are taken from the beginning again where they are shorter than the piece.
    """
    controls = asked.controls
    drawn = open_noise(noise, network.middle.shape[0], network.steps, wide)
    noise, which = ideas(drawn, controls)
    z = network.place(noise * controls["spread"])
    if own is not None:
        means = network.encode(own.to(z.device))[0]
        z = z + controls["near"] * (means[torch.arange(len(z)) % len(means)] - z)
    z = z + z.new_tensor([controls[name] for name in names]) @ network.directions
    heat = z.new_full((len(z),), controls["heat"])
    return network.write(z, drawn.chance[which], heat).flatten(0, 1)
