"""Whole tunes as rows of latents, two bars each, read by the published melody VAE."""

from __future__ import annotations

import numpy as np
import torch

from models.data.songs import Song, load_songs
from models.layers.events import EVENTS, FIRST, melody_events, opened
from models.music.melodyvae.lessons import shown
from models.registry import cards
from models.values import Notes
from models.weights import load_network

from .network import inverse, standard

MOST = 16  # pairs of bars of a tune that are learned from


class ArLessons:
    """Tunes in all keys, from any of their bar lines on."""

    def __init__(self, config, data: str):
        card = cards().get(f"music/melodyvae-{data}")
        if card is None:
            raise FileNotFoundError(
                f"There is no published music/melodyvae-{data}: train and publish it first, since "
                "this family learns how its latents follow one another."
            )
        self.steps, self.vae = config.steps, load_network(card)
        self.back = inverse(self.vae.root)
        self.data = data
        self.tunes = self.tunes_of("train")
        self.unseen = self.read("validation")

    def draw(self, count: int):
        """latents (count, MOST, latent) standard normal, counts (count, MOST)"""
        rng = np.random.default_rng(int(torch.randint(0, 2**31, ())))
        found = []
        for _ in range(count):
            tune = self.tunes[rng.integers(len(self.tunes))]
            begin = 0
            if rng.random() < 0.5:
                begin = rng.integers(max(1, len(tune) // self.steps)) * self.steps // 2
            cut = opened(tune, begin, min(MOST * self.steps, len(tune) - begin))
            pitched = cut[cut >= FIRST]
            low, high = (pitched.min(), pitched.max()) if len(pitched) else (FIRST, EVENTS - 1)
            shift = rng.integers(max(FIRST - low, -6), min(EVENTS - 1 - high, 6) + 1)
            found.append(np.where(cut >= FIRST, cut + shift, cut))
        return self._read(found, True)

    @torch.no_grad()
    def _read(self, tunes: list[np.ndarray], drawn: bool):
        """Tunes as events -> their latents, with the encoder's doubt where `drawn`."""
        steps = self.steps
        pairs = [len(t) // steps for t in tunes]
        windows = [opened(t, i * steps, steps) for t, n in zip(tunes, pairs, strict=True)
                   for i in range(n)]  # fmt: skip
        means, spreads = self.vae.encode(torch.from_numpy(np.stack(windows)))
        if drawn:
            means = means + torch.randn_like(means) * (spreads / 2).exp()
        flat = standard(self.vae, self.back, means)
        rows, counts = (
            flat.new_zeros(len(tunes), MOST, flat.shape[1]),
            flat.new_zeros(len(tunes), MOST),
        )
        for i, part in enumerate(flat.split(pairs)):
            rows[i, : len(part)], counts[i, : len(part)] = part, 1
        return rows, counts

    def tunes_of(self, split: str) -> list[np.ndarray]:
        """Events of every tune that has bars of 16 or 8 steps and two windows at least."""
        songs = [s for s in load_songs(self.data, split) if s.bar in (16, 8)]
        return [_events(s) for s in songs if s.steps >= 2 * self.steps]

    def read(self, split: str):
        """latents (n, MOST, latent) standard normal, counts (n, MOST), of a split as it is"""
        return self._read([t[: MOST * self.steps] for t in self.tunes_of(split)], False)

    def held(self):
        return self.unseen

    def settle(self, network) -> None:
        """The melody VAE goes along: what is published is whole."""
        network.vae.load_state_dict(self.vae.state_dict())
        network.back.copy_(self.back)

    def pictures(self, network) -> list[list[Notes]]:
        """Beginnings of unseen tunes, and what the network goes on to from nothing."""
        from .piece import written

        self.settle(network)
        rows, _ = self.unseen
        chance = torch.zeros(4, self.steps, 1)
        real = [self.vae.write(self.place(row[:4]), chance, torch.zeros(4)) for row in rows[:8]]
        drawn = torch.Generator().manual_seed(0)
        made = []
        for _ in range(16):
            noise = torch.randn(4, rows.shape[2], generator=drawn)
            which = torch.rand(4, generator=drawn)
            latents = network.go_on(rows[0, :0], noise, which, 0.8)
            made.append(written(network, latents, chance, 0.0))
        joined = [shown(events.reshape(1, -1))[0] for events in (*real, *made)]
        return [joined[:8], joined[8:16], joined[16:]]

    def place(self, rows: torch.Tensor) -> torch.Tensor:
        """Standard normal numbers -> latents of the VAE"""
        return self.vae.place(rows)


def _events(song: Song) -> np.ndarray:
    """From the first whole bar on."""
    first = int(song.bars[1]) if len(song.bars) > 1 and song.bars[1] < song.bar else 0
    return melody_events(song.tracks[0], song.steps)[first:]
