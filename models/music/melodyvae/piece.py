"""From a request to a tune (models.music.bar_piece)."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from models.family import Asked
from models.layers.events import melody_rows
from models.layers.own_notes import tune_windows
from models.layers.playing import play
from models.music.bar_piece import written
from models.values import STEP, Notes, Track, from_steps


def tune(network, asked: Asked, noise: torch.Tensor, names: Sequence[str]) -> Notes:
    """noise (flat; models.layers.form.draw) and what was asked -> one track, as played"""
    events = written(network, asked, noise, names, 1, _tunes).cpu().numpy()
    track = Track("melody", from_steps(melody_rows(events)))
    return play(Notes((track,), 120, len(events) * STEP), asked.controls, asked.seed)


def _tunes(network, notes: Notes | None) -> torch.Tensor | None:
    """A person's tune as windows (k, steps); None without any."""
    cut = tune_windows(notes, network.steps)
    return torch.from_numpy(cut) if len(cut) else None
