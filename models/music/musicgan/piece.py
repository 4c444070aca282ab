"""From a request to a piece for five tracks: phrases of four bars, decided, joined and played."""

from __future__ import annotations

import numpy as np
import torch

from models.family import Asked
from models.layers import form
from models.layers.band import PARTS, notes_of, tracks_of
from models.layers.ideas import ideas, open_noise
from models.layers.playing import play
from models.layers.walk import normal
from models.values import STEP, Notes, Track

from .network import BARS, latent_size, private_size

TAKE = 23  # address of other draws of a track's own noise


def draw(config, asked: Asked) -> np.ndarray:
    """All noise of a piece, flat float32. A track's take puts other noise in place of its own, so
    that the other tracks, and what all share, stay as they are."""
    size, private = latent_size(config), private_size(config)
    noise = form.draw(asked, size, 0, 0).reshape(-1, size)
    for i, part in enumerate(PARTS):
        if number := int(asked.controls[f"take_{part.name}"]):
            own = slice(size - (len(PARTS) - i) * private, size - (len(PARTS) - i - 1) * private)
            other = normal(asked.seed, TAKE, number, i, size=len(noise) * private)
            noise[:, own] = other.reshape(len(noise), private)
    return noise.ravel()


@torch.inference_mode()
def band(network, asked: Asked, noise: torch.Tensor) -> Notes:
    """noise (see draw) and what was asked -> five tracks, as played"""
    controls = asked.controls
    z, _ = ideas(open_noise(noise, latent_size(network.config), 0, 0), controls, BARS)
    wanted = z.new_tensor(wishes(network.config, controls)).expand(len(z), -1)
    cells = network(z * controls["spread"], wanted if network.config.conditions else None)
    grid = cells.flatten(0, 1).cpu().numpy() > 0.5
    key = int(controls["key"])
    shift = key if key <= 6 else key - 12
    tracks = tuple(_moved(t, shift) for t in tracks_of(grid))
    return play(Notes(tracks, 84, len(grid) * STEP), controls, asked.seed)


def wishes(config, controls) -> list[float]:
    """The conditions as numbers, in the network's order: minor or not, the others in sigmas."""
    mode = 1.0 if controls.get("mode") == "minor" else -1.0
    return [mode if name == "minor" else float(controls[name]) for name in config.conditions]


def shown(cells: torch.Tensor) -> list[Notes]:
    """Phrases (n, steps, WIDE) as notes, for a sheet."""
    return [notes_of(grid > 0.5) for grid in cells.cpu().numpy()]


def _moved(track: Track, shift: int) -> Track:
    if track.drums:
        return track
    rows = track.rows.copy()
    rows[:, 1] += shift
    return Track(track.name, rows, track.program)
