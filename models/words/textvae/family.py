"""Text VAE: Bowman and others, "Generating Sentences from a Continuous Space", CoNLL 2016 (arXiv
1511.06349); against posterior collapse BN-VAE: Zhu and others, ACL 2020 (arXiv 2004.12585), and a
bag-of-words loss: Zhao, Zhao, Eskenazi, ACL 2017 (arXiv 1703.10960)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.words import autoencoder


@dataclass(frozen=True)
class Config(autoencoder.Config):
    gamma: float = 0.95  # more spread leaves less room for noise: the latents tell more


@dataclass(frozen=True)
class Recipe(autoencoder.Recipe):
    minutes: float = 46
    rate: float = 2.5e-3
    beta: float = 0.4  # weight of the latents' cost; 1 (the bound) gave 18 nats and vague words
    forget: float = 0.3  # share of the words before that the decoder is not shown


class TextVaeWords(autoencoder.TextAutoencoder):
    id = "words/textvae"
    row = "W4"
    place = 10
    title = Words("Text VAE", "文本变分自编码器")
    summary = Words(
        "Squeezes a sentence into 32 numbers and writes it again; in between, sentences have "
        "neighbours and sliders.",
        "把一句话压缩成 32 个数再写出来;其间的句子有邻居,也可以用滑块调节。",
    )
    Config = Config
    Recipe = Recipe

    def tiny(self):
        return Config(
            pieces=40, letters=150, embed=12, width=16, latent=6, most=12, usual=8,
            themes=(("long", "Length", "句子长度"),),
        )  # fmt: skip


FAMILY = TextVaeWords()
