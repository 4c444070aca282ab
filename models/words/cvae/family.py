"""C-VAE of texts: a text VAE whose decoder is told a condition (Sohn, Lee, Yan, NeurIPS 2015).

The condition is kept out of the latents by a reader that guesses it from them and an encoder that
leaves the reader clueless, as with the pictures' C-VAE.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.words import autoencoder


@dataclass(frozen=True)
class Config(autoencoder.Config):
    pieces: int = 3000  # all 2,971 characters of the poems


@dataclass(frozen=True)
class Recipe(autoencoder.Recipe):
    batch: int = 24  # few passes are affordable, and steps count more than their size
    hide: float = 0.3


class CvaeWords(autoencoder.TextAutoencoder):
    id = "words/cvae"
    row = "W2"
    place = 20
    title = Words("C-VAE of texts", "条件文本变分自编码器")
    summary = Words(
        "A text VAE that is told what to write: an emotion, or the form and rhyme of a poem.",
        "可指定条件的文本变分自编码器:指定情绪,或诗的体裁与韵脚。",
    )
    Config = Config
    Recipe = Recipe
    conditional = True

    def tiny(self):
        return Config(
            pieces=40, letters=150, embed=10, width=16, latent=6, most=12, usual=8,
            conditions=("emotion",), names=(("love", "sadness"),),
            themes=(("long", "Length", "句子长度"),),
        )  # fmt: skip


FAMILY = CvaeWords()
