"""The autoencoder of sounds, steered from noise or from a person's own recordings."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from models.family import Asked
from models.layers.autoencoder import draw
from models.layers.own_sound import prepare
from models.layers.player import Player
from models.layers.sound_basis import Kinds
from models.values import Sound


class SoundVae(Player):
    """Coefficients (n, basis) to latents (n, latent) and back."""

    def __init__(self, config):
        super().__init__(config)
        wide = config.width
        self.encoder = nn.Sequential(
            nn.Linear(config.basis, wide), nn.SiLU(), nn.Linear(wide, wide), nn.SiLU(),
            nn.Linear(wide, 2 * config.latent),
        )  # fmt: skip
        self.decoder = nn.Sequential(
            nn.Linear(config.latent, wide), nn.SiLU(), nn.Linear(wide, wide), nn.SiLU(),
            nn.Linear(wide, config.basis),
        )  # fmt: skip
        self.kinds = Kinds(config, config.latent).requires_grad_(False)

    def encode(self, numbers: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(n, basis) -> mean and log variance, each (n, latent)"""
        mean, spread = self.encoder(numbers).chunk(2, 1)
        return mean, spread.clamp(-12, 4)

    def forward(self, numbers: torch.Tensor):
        """(n, basis) -> coefficients again, mean, log variance"""
        mean, spread = self.encode(numbers)
        return self.decoder(draw(mean, spread)), mean, spread

    def typical(self, z: torch.Tensor) -> torch.Tensor:
        """z (n, latent) standard normal -> pictures of kinds that occur in the data"""
        wishes = self.kinds.conditions.typical(len(z))
        return self.basis.paint(self.decoder(self.kinds(z, wishes)))

    def answer(self, noise: torch.Tensor, asked: Sequence[Asked]) -> list[Sound]:
        """noise (n, latent + DRAWN) and what was asked, own sounds included -> sounds"""
        noise, chance = noise[:, : self.latent], noise[:, self.latent :]
        wishes = self.kinds.conditions.wishes(chance, asked)
        z = self.kinds(self.steer(noise, asked), wishes)
        still = torch.zeros_like(noise)
        turned = self.kinds(self.steer(still, asked), wishes) - self.kinds(still, wishes)
        for i, a in enumerate(asked):
            own = self._own(a)
            if own is not None:
                z[i] = turned[i] + torch.lerp(z[i] - turned[i], own, a.controls["near"])
        return self.play(self.decoder(z), wishes, asked)

    def _own(self, asked: Asked) -> torch.Tensor | None:
        """The latent (latent,) of a person's recording, or of the way from one to the other."""
        given = [asked.inputs.get(name) for name in ("sound", "other")]
        found = [self._heard(sound) for sound in given if sound is not None]
        if len(found) == 2:
            return torch.lerp(found[0], found[1], asked.controls["morph"])
        return found[0] if found else None

    def _heard(self, sound: Sound) -> torch.Tensor:
        """A sound of any rate and length -> (latent,)"""
        samples = prepare(sound, self.spectrum.rate, self.spectrum.samples)
        picture = self.spectrum.analyse(samples[None].to(self.basis.middle.device))
        return self.encode(self.basis.read(picture))[0][0]
