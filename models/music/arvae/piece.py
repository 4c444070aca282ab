"""From a request to a tune that remembers what it played."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from models.family import Asked
from models.layers.events import melody_rows
from models.layers.ideas import open_noise
from models.layers.own_notes import given, tune_windows
from models.layers.playing import play
from models.values import STEP, Notes, Track, from_steps


@torch.inference_mode()
def tune(network, asked: Asked, noise: torch.Tensor, names: Sequence[str]) -> Notes:
    """noise (flat; models.layers.form.draw) and what was asked -> one track, as played"""
    controls, steps = asked.controls, network.steps
    drawn = open_noise(noise, 2 * network.latent, 2 * steps, 1)
    bars = int(controls["bars"])
    own = tune_windows(given(asked), steps, min(int(controls["given"]), bars) * steps)
    known = torch.from_numpy(own).view(1, len(own), steps).to(noise.device)
    latents = drawn.ideas.reshape(1, -1, network.latent)[:, :bars] * controls["spread"]
    chance = drawn.chance.reshape(1, -1, steps, 1)[:, :bars]
    turn = latents.new_tensor([controls[name] for name in names]) @ network.directions
    events = network.go_on(known, latents, chance, float(controls["heat"]), turn)
    events = events.reshape(-1).cpu().numpy()
    track = Track("melody", from_steps(melody_rows(events)))
    return play(Notes((track,), 120, len(events) * STEP), controls, asked.seed)
