"""TextGAN: a language model that learned from likelihood first and then from a critic.

The adversarial part is MaliGAN's (Che and others 2017, arXiv 1702.07983): samples are weighted by
how much likelier the critic finds them real. The protocol is that of Texygen (Zhu and others, SIGIR
2018, arXiv 1802.01886).
"""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Slider, Words
from models.words.writer import Writer


@dataclass(frozen=True)
class Config:
    pieces: int = 2600  # every word of the COCO sentences that occurs twice
    letters: int = 0  # bytes of the vocabulary, set by the data
    embed: int = 160
    width: int = 320
    layers: int = 1
    drop: float = 0.35  # 9,500 sentences are soon known by heart
    most: int = 60
    usual: int = 40


@dataclass(frozen=True)
class Recipe:
    minutes: float = 20
    pretrain: float = 10.0  # of these minutes, by likelihood alone
    batch: int = 64
    rate: float = 3e-3
    rate_against: float = 2e-4  # of the writer, once the critic speaks
    rate_critic: float = 1e-3
    average: float = 0.995
    alone: int = 60  # rounds in which only the critic learns
    anchor: float = 0.5  # weight of the likelihood of real sentences beside the critic's opinion
    bold: float = 3.0  # the critic's log odds are bounded by this


AGAINST = Slider(
    name="against",
    label=Words("Adversarial", "对抗程度"),
    help=Words(
        "0 is the writer before it met the critic, 1 after; in between, weights are blended.",
        "0 是遇到判别网络之前的写作者,1 是之后;其间是两组权重的混合。",
    ),
    low=0.0,
    high=1.0,
    step=0.05,
    default=1.0,
)


class TextGan(Writer):
    id = "words/textgan"
    row = "W1"
    place = 25
    title = Words("Text GAN", "文本生成对抗网络")
    summary = Words(
        "Writes as it was taught by likelihood, then by a critic that tells its sentences from "
        "real ones.",
        "先按似然学习写作,再由一个能分辨真假句子的判别网络来指导。",
    )
    Config = Config
    Recipe = Recipe
    loop = "models.words.textgan.learning"
    metrics = ("language", "text_gan")

    def tiny(self):
        return Config(pieces=40, letters=150, embed=12, width=16, most=24, usual=12)

    def controls(self, config):
        opening, *others = super().controls(config)
        return (opening, AGAINST, *others)

    def build(self, config):
        from .network import Blend

        return Blend(config).eval()

    def writer(self, network, asked):
        return network.between(float(asked.controls["against"]))


FAMILY = TextGan()
