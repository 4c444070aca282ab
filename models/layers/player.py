"""From coefficients to sounds: what every family of short sounds does last."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from models.family import Asked
from models.layers.sound_basis import SoundBasis
from models.layers.sound_controls import played
from models.layers.spectrum import Spectrum
from models.layers.steer import Steered
from models.values import Sound


class Player(Steered):
    """Holds the basis and the spectrum; `play` answers with one `Sound` a request."""

    def __init__(self, config):
        super().__init__(config.directions, config.latent)
        self.latent = config.latent
        self.basis = SoundBasis(config)
        self.spectrum = Spectrum(
            config.rate, config.window, config.hop, config.bands, config.frames
        )

    def play(
        self, numbers: torch.Tensor, wishes: torch.Tensor, asked: Sequence[Asked]
    ) -> list[Sound]:
        """numbers (n, basis), wishes (n, wide) -> sounds of the network's length and rate"""
        grain = numbers.new_tensor([a.controls["grain"] for a in asked])[:, None, None, None]
        rough = grain * self.basis.roughness(wishes)
        made = self.spectrum.sound(self.basis.paint(numbers), rough)
        made = played(made, self.spectrum.rate, asked).cpu().numpy()
        return [Sound(samples, self.spectrum.rate) for samples in made]


class KindPlayer(Player):
    """A player that makes coefficients from noise and wishes alone: `forward(z, wishes)`, with
    `kinds` (`Kinds`) to say what may be wished for."""

    def typical(self, z: torch.Tensor) -> torch.Tensor:
        """z (n, latent) standard normal -> pictures of kinds that occur in the data"""
        return self.basis.paint(self(z, self.kinds.conditions.typical(len(z))))

    def answer(self, noise: torch.Tensor, asked: Sequence[Asked]) -> list[Sound]:
        """noise (n, latent + DRAWN) and what was asked -> sounds"""
        noise, chance = noise[:, : self.latent], noise[:, self.latent :]
        wishes = self.kinds.conditions.wishes(chance, asked)
        return self.play(self(self.steer(noise, asked), wishes), wishes, asked)
