"""C-GAN of music: MusicGAN told what is wished for. Mirza and Osindero, "Conditional Generative
Adversarial Nets", 2014 (arXiv 1411.1784); the critic's conditions by projection: Miyato and Koyama,
"cGANs with Projection Discriminator", ICLR 2018 (arXiv 1802.05637)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Choice, Slider, Words
from models.music.musicgan import family as musicgan

MODE = Choice(
    name="mode", label=Words("Mode", "调式"),
    help=Words("Major is brighter, minor darker.", "大调明亮,小调暗淡。"),
    options=(("major", Words("Major", "大调")), ("minor", Words("Minor", "小调"))), default="major",
)  # fmt: skip


def _wish(name: str, label: Words, text: Words) -> Slider:
    return Slider(
        name=name, label=label, help=text, low=-2.0, high=2.0, step=0.1, default=0.0, unit="σ"
    )


WISHES = (
    MODE,
    _wish(
        "energy",
        Words("Energy", "活力"),
        Words("Few notes to the left, many to the right.", "左边音少,右边音多。"),
    ),
    _wish(
        "register",
        Words("Register", "音区"),
        Words("How high the melody lies.", "旋律的高低。"),
    ),
    _wish(
        "drums",
        Words("Drumming", "鼓的密度"),
        Words("How much the drummer plays.", "鼓手敲击的多少。"),
    ),
)


@dataclass(frozen=True)
class Config(musicgan.Config):
    shared: int = 48
    conditions: tuple[str, ...] = ("minor", "energy", "register", "drums")


class CGanMusic(musicgan.MusicGanMusic):
    id = "music/cgan"
    row = "M2"
    place = 9
    title = Words("C-GAN", "条件生成网络 C-GAN")
    summary = Words(
        "The band of five to your wishes: mode, energy, register, drums; bend them as it plays.",
        "五轨乐队听您的:调式、活力、音区、鼓;边播放边调整。",
    )
    Config = Config

    def tiny(self):
        return Config(shared=4, shared_bar=2, own=2, own_bar=2, base=8, head=8)

    def wishes(self):
        return WISHES


FAMILY = CGanMusic()
