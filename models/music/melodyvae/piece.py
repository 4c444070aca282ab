"""From a request to a tune: ideas, bent by the sliders, written out and played."""

from __future__ import annotations

import numpy as np
import torch

from models.family import Asked
from models.layers.events import FIRST, melody_events, melody_rows, opened
from models.layers.form import MOST_BARS
from models.layers.ideas import ideas, open_noise
from models.layers.own_notes import given
from models.layers.playing import play
from models.parts import melody
from models.values import STEP, Notes, Track, from_steps

BAR = 16


@torch.inference_mode()
def tune(network, asked: Asked, noise: torch.Tensor, names: tuple[str, ...]) -> Notes:
    """noise (flat; models.layers.form.draw) and what was asked -> one track, as played"""
    controls = asked.controls
    drawn = open_noise(noise, network.middle.shape[0], network.steps, 1)
    noise, which = ideas(drawn, controls)
    z = network.place(noise * controls["spread"])
    own = _own(network, asked, len(z))
    if own is not None:
        z = z + controls["near"] * (own.to(z.device) - z)
    turns = z.new_tensor([controls[name] for name in names])
    z = z + turns @ network.directions
    heat = z.new_full((len(z),), controls["heat"])
    events = network.write(z, drawn.chance[which], heat).reshape(-1).cpu().numpy()
    track = Track("melody", from_steps(melody_rows(events)))
    return play(Notes((track,), 120, len(events) * STEP), controls, asked.seed)


def _own(network, asked: Asked, pairs: int) -> torch.Tensor | None:
    """Latents (pairs, latent) of the person's own tune, from its beginning again where it is
    shorter than the piece; None without one."""
    notes = given(asked)
    rows = None if notes is None else melody(notes)
    if rows is None:
        return None
    steps = network.steps
    events = melody_events(rows, MOST_BARS * BAR)
    cut = [opened(events, i, steps) for i in range(0, len(events), steps)]
    cut = [w for w in cut if (w >= FIRST).any()]
    if not cut:
        return None
    windows = torch.from_numpy(np.stack(cut)).to(network.middle.device)
    means = network.encode(windows)[0]
    return means[torch.arange(pairs) % len(means)]
