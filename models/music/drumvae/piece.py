"""From a request to a beat (models.music.bar_piece), or a person's own beat with a touch."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from models.family import Asked
from models.layers.events import drum_rows
from models.layers.form import MOST_BARS
from models.layers.own_notes import BAR, drums, given
from models.layers.playing import play
from models.music.bar_piece import written
from models.values import STEP, Notes, Track, from_steps

from .network import PARTS


def beat(network, asked: Asked, noise: torch.Tensor, names: Sequence[str]) -> Notes:
    """noise (flat; models.layers.form.draw) and what was asked -> one drum track, as played"""
    controls = asked.controls
    own = _beats(network, given(asked))
    if own is not None and controls["keep"]:
        pairs = int(controls["bars"]) * BAR // network.steps
        hits = humanised(network, own[torch.arange(pairs) % len(own)]).flatten(0, 1)
    else:
        hits = written(network, asked, noise, names, PARTS, _beats)
    hits = hits.cpu().numpy()
    track = Track("drums", from_steps(drum_rows(hits)), drums=True)
    return play(Notes((track,), 120, len(hits) * STEP), controls, asked.seed)


@torch.inference_mode()
def humanised(network, hits: torch.Tensor) -> torch.Tensor:
    """hits (n, steps, 27) -> the same hits with the loudness and timing that a drummer gives"""
    on = hits[..., :PARTS]
    flat = torch.cat([on, torch.zeros_like(hits[..., PARTS:])], -1)
    touch = network.touch(network.states(network.encode(flat)[0], hits), on)
    return torch.cat([on, touch * torch.cat([on, on], -1)], -1)


def _beats(network, notes: Notes | None) -> torch.Tensor | None:
    """A person's own hits (k, steps, 27); None without any."""
    hits = None if notes is None else drums(notes, MOST_BARS * BAR)
    if hits is None:
        return None
    cut = torch.from_numpy(hits).to(network.middle.device).view(-1, network.steps, hits.shape[1])
    cut = cut[cut[..., :PARTS].sum((1, 2)) > 0]
    return cut if len(cut) else None
