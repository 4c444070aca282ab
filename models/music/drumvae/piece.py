"""From a request to a beat: ideas, bent by the sliders, written out and played."""

from __future__ import annotations

import torch

from models.family import Asked
from models.layers.events import drum_rows
from models.layers.form import MOST_BARS
from models.layers.ideas import ideas, open_noise
from models.layers.own_notes import drums, given
from models.layers.playing import play
from models.values import STEP, Notes, Track, from_steps

from .network import PARTS

BAR = 16


@torch.inference_mode()
def beat(network, asked: Asked, noise: torch.Tensor, names: tuple[str, ...]) -> Notes:
    """noise (flat; models.layers.form.draw) and what was asked -> one drum track, as played"""
    controls = asked.controls
    drawn = open_noise(noise, network.middle.shape[0], network.steps, PARTS)
    noise, which = ideas(drawn, controls)
    z = network.place(noise * controls["spread"])
    own = _own(network, asked, len(z))
    if own is not None and controls["keep"]:
        hits = humanised(network, own)
    else:
        if own is not None:
            z = z + controls["near"] * (network.encode(own)[0] - z)
        turns = z.new_tensor([controls[name] for name in names])
        z = z + turns @ network.directions
        heat = z.new_full((len(z),), controls["heat"])
        hits = network.write(z, drawn.chance[which], heat)
    hits = hits.reshape(-1, hits.shape[-1]).cpu().numpy()
    track = Track("drums", from_steps(drum_rows(hits)), drums=True)
    return play(Notes((track,), 120, len(hits) * STEP), controls, asked.seed)


def humanised(network, hits: torch.Tensor) -> torch.Tensor:
    """hits (n, steps, 27) -> the same hits with the loudness and timing that a drummer gives"""
    on = hits[..., :PARTS]
    flat = torch.cat([on, torch.zeros_like(hits[..., PARTS:])], -1)
    touch = network.touch(network.states(network.encode(flat)[0], hits), on)
    return torch.cat([on, touch * torch.cat([on, on], -1)], -1)


def _own(network, asked: Asked, pairs: int) -> torch.Tensor | None:
    """The person's own hits (pairs, steps, 27), from their beginning again where they are shorter
    than the piece; None without any."""
    notes = given(asked)
    hits = None if notes is None else drums(notes, MOST_BARS * BAR)
    if hits is None:
        return None
    cut = torch.from_numpy(hits).to(network.middle.device).view(-1, network.steps, hits.shape[1])
    cut = cut[cut[..., :PARTS].sum((1, 2)) > 0]
    return cut[torch.arange(pairs) % len(cut)] if len(cut) else None
