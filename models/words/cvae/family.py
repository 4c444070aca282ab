"""C-VAE of texts: a text VAE whose decoder is told a condition (Sohn, Lee, Yan, NeurIPS 2015).

The condition is kept out of the latents by a reader that guesses it from them and an encoder that
leaves the reader clueless, as with the pictures' C-VAE.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.words.latent import Latent


@dataclass(frozen=True)
class Config:
    pieces: int = 3000  # all 2,971 characters of the poems
    letters: int = 0  # bytes of the vocabulary, set by the data
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
    batch: int = 24  # few passes are affordable, and steps count more than their size
    rate: float = 2e-3
    average: float = 0.998
    beta: float = 1.0  # weight of the latents' cost: 1 is the bound itself
    warm_up: int = 2000  # steps over which that weight grows from a tenth
    forget: float = 0.2  # share of the words before that the decoder is not shown
    bag: float = 0.3  # weight of guessing the words in any order from the latents alone
    hide: float = 0.3  # weight of keeping the condition out of the latents


class CvaeWords(Latent):
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

    def build(self, config):
        from models.layers.text_autoencoder import TextVae

        return TextVae(config).eval()


FAMILY = CvaeWords()
