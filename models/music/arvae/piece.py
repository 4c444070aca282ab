"""From a request to a tune that remembers what it played."""

from __future__ import annotations

import math

import torch

from models.family import Asked
from models.layers.events import melody_rows
from models.layers.ideas import open_noise
from models.layers.own_notes import given, tune_windows
from models.layers.playing import play
from models.values import STEP, Notes, Track, from_steps


@torch.inference_mode()
def tune(network, asked: Asked, noise: torch.Tensor, names: tuple[str, ...]) -> Notes:
    """noise (flat; models.layers.form.draw) and what was asked -> one track, as played"""
    controls, vae = asked.controls, network.vae
    drawn = open_noise(noise, vae.middle.shape[0], vae.steps, 1)
    pairs = int(controls["bars"]) // 2
    kept = min(int(controls["given"]) // 2, pairs) * vae.steps
    own = torch.from_numpy(tune_windows(given(asked), vae.steps, kept))
    known = drawn.ideas[:0]
    if len(own):
        known = network.standard(vae.encode(own.to(known.device))[0])
    even = 0.5 * (1 + torch.erf(drawn.there[:pairs] / math.sqrt(2)))  # nobody walks there
    latents = network.go_on(known, drawn.ideas[:pairs], even, float(controls["spread"]))
    turns = latents.new_tensor([controls[name] for name in names])
    events = written(network, latents, drawn.chance[:pairs], controls["heat"], turns)
    events[: len(own)] = own
    events = events.reshape(-1).cpu().numpy()
    track = Track("melody", from_steps(melody_rows(events)))
    return play(Notes((track,), 120, len(events) * STEP), controls, asked.seed)


def written(network, latents, chance, heat: float, turns: torch.Tensor | None = None):
    """latents (t, latent) standard normal -> events (t, steps)"""
    z = network.vae.place(latents)
    if turns is not None:
        z = z + turns @ network.vae.directions
    return network.vae.write(z, chance, z.new_full((len(z),), float(heat))).clone()
