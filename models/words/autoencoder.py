"""What the text VAE and the C-VAE declare alike: one network, whose decoder may be told more."""

from __future__ import annotations

from dataclasses import dataclass

from models.words.latent import Latent


@dataclass(frozen=True)
class Config:
    pieces: int = 2000
    letters: int = 0  # bytes of the vocabulary, set by the data
    lexicon: int = 0  # bytes of the known words, set by the data
    embed: int = 128
    width: int = 256
    latent: int = 32
    gamma: float = 0.9  # spread of the latents' means over a batch; 1 would be all of the prior
    most: int = 60
    usual: int = 40
    conditions: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    themes: tuple[tuple[str, str, str], ...] = ()  # name, English, Chinese


@dataclass(frozen=True)
class Recipe:
    minutes: float = 12
    batch: int = 64
    rate: float = 2e-3
    average: float = 0.998
    beta: float = 1.0  # weight of the latents' cost: 1 is the bound itself
    warm_up: int = 2000  # steps over which that weight grows from a tenth
    forget: float = 0.2  # share of the words before that the decoder is not shown
    bag: float = 0.3  # weight of guessing the words in any order from the latents alone
    hide: float = 0.0  # weight of keeping conditions out of the latents


class TextAutoencoder(Latent):
    """A family whose network is `TextVae`."""

    def build(self, config):
        from models.layers.text_autoencoder import TextVae

        return TextVae(config).eval()
