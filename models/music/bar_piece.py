"""From a request to bars: ideas, mixed with a person's own, bent by the sliders, written out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch

from models.family import Asked
from models.layers.bar_walk import PLACES, straight, walk
from models.layers.ideas import Drawn, arc, ideas, open_noise
from models.layers.own_notes import OTHER, OTHER_BAR, given
from models.values import Notes

Windows = Callable[[torch.nn.Module, Notes | None], torch.Tensor | None]


@torch.inference_mode()
def written(
    network, asked: Asked, noise: torch.Tensor, names: Sequence[str], wide: int, windows: Windows
) -> torch.Tensor:
    """noise (flat; models.layers.form.draw) -> events, all steps of the piece in a row.

    `windows(network, notes)` cuts a person's notes into windows (k, steps, ...). A person's own are
    taken from the beginning again where they are shorter than the piece.
    """
    controls = asked.controls
    drawn = open_noise(noise, network.middle.shape[0], network.steps, wide)
    turn = noise.new_tensor([controls[name] for name in names]) @ network.directions
    heat = float(controls["heat"])
    if controls["form"] == "walk":
        way = _way(network, asked, drawn, windows) + turn
        pairs = int(controls["bars"]) // 2
        return walk(network, way, pairs, drawn.chance[0], heat).flatten(0, 1)
    noise, which = ideas(drawn, controls)
    z = network.place(noise * controls["spread"])
    own = windows(network, given(asked))
    if own is not None:
        means = network.encode(own.to(z.device))[0]
        z = z + controls["near"] * (means[torch.arange(len(z)) % len(means)] - z)
    return network.write(z + turn, drawn.chance[which], z.new_full((len(z),), heat)).flatten(0, 1)


def _way(network, asked: Asked, drawn: Drawn, windows: Windows) -> torch.Tensor:
    """Latents (PLACES, latent) from the first two bars of a person's file, or the seed's, to those
    of the second file, or the other seed's. Between two seeds every place is as likely as they
    are; from or to bars that were read the way is straight."""
    spread, near = asked.controls["spread"], asked.controls["near"]
    ends = (
        (drawn.ideas[0], windows(network, given(asked))),
        (drawn.there, windows(network, given(asked, OTHER, OTHER_BAR))),
    )
    if all(own is None for _, own in ends):
        return network.place(arc(drawn.ideas[0], drawn.there, PLACES) * spread)
    found = []
    for idea, own in ends:
        z = network.place(idea[None] * spread)[0]
        if own is not None:
            z = torch.lerp(z, network.encode(own[:1].to(z.device))[0][0], float(near))
        found.append(z)
    return straight(*found)
