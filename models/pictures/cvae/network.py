"""The conditional autoencoder: the latent holds the handwriting, the wish says which digit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import torch

from models.family import Asked
from models.layers.autoencoder import Autoencoder
from models.layers.conditions import Conditions
from models.layers.labels import SEED
from models.layers.own_picture import own_pictures, prepare, prepare_digit


class ConditionalVae(Autoencoder):
    """Paints noise and wishes as (n, channels, size, size) in -1..1."""

    def __init__(self, config):
        conditions = Conditions(config)
        super().__init__(config, conditions.wide)
        self.conditions = conditions
        read = prepare_digit if config.ink else partial(prepare, channels=config.channels)
        self.prepare = partial(read, size=config.size)

    def remember(self, labels: torch.Tensor) -> None:
        """Which conditions occur together; labels (pictures, conditions)"""
        self.conditions.remember(labels)

    def one_hot(self, labels: torch.Tensor | None) -> torch.Tensor | None:
        """labels (n, conditions) -> wishes (n, wide); None without conditions"""
        return None if labels is None else self.conditions.one_hot(labels)

    def typical(self, noise: torch.Tensor) -> torch.Tensor:
        """noise (n, latent) -> pictures under conditions that occur in the data"""
        return self.decode(self.place(noise), self.conditions.typical(len(noise)))

    def answer(
        self, noise: torch.Tensor, numbers: torch.Tensor, asked: Sequence[Asked]
    ) -> torch.Tensor:
        """noise (n, latent), numbers (n, DRAWN) and what was asked -> picture"""
        given = own_pictures(asked, self.prepare)
        asked = [self._read(a, given.get(i), noise.device) for i, a in enumerate(asked)]
        z = self.latents(noise, asked, given)
        return self.decode(z, self.conditions.wishes(numbers, asked))

    def _read(self, asked: Asked, picture: torch.Tensor | None, device: torch.device) -> Asked:
        """With an own picture and no choice: the condition that paints it again most closely."""
        columns = self.conditions.conditions
        if picture is None or len(columns) != 1 or asked.controls[columns[0]] != SEED:
            return asked
        names = self.conditions.names[0]
        x = picture[None].to(device)
        every = self.conditions.one_hot(torch.arange(len(names), device=device)[:, None])
        made = self.decode(self.encoder(x)[0].expand(len(names), -1), every)
        best = int((made - x).square().mean((1, 2, 3)).argmin())
        controls: Mapping = {**asked.controls, columns[0]: names[best]}
        return asked._replace(controls=controls)
