"""SRGAN: Ledig et al., "Photo-Realistic Single Image Super-Resolution Using a Generative
Adversarial Network", 2017 (arXiv 1609.04802), with the relativistic critic and the interpolation
between faithful and vivid weights of ESRGAN (Wang et al. 2018, arXiv 1809.00219)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Slider, Words
from models.upscale.blended import Blended
from models.upscale.cnn.family import Config as CnnConfig


@dataclass(frozen=True)
class Config(CnnConfig):
    pass


@dataclass(frozen=True)
class Recipe:
    minutes: float = 120
    batch: int = 8
    patch: int = 24  # 96 pixels of the large picture: the eye reads 32 and more
    rate: float = 2e-4
    rate_body: float = 2e-3  # a fifth of the light CNN's: it begins where that ended
    rate_critic: float = 4e-4
    average: float = 0.995
    likeness: float = 1.0  # weight of likeness in the eye's maps
    pixels: float = 1.0  # weight of the light CNN's own loss, which holds the colours
    critic: float = 0.02  # weight of the critic's opinion
    critic_base: int = 24
    like: str = "upscale-cnn-photos4"  # a folder below runs/ whose weights this one starts with


VIVID = Slider(
    name="vivid",
    label=Words("Vivid", "生动程度"),
    help=Words(
        "0 is faithful and soft as the light CNN, 1 invents the texture that is missing.",
        "0 与轻量卷积网络一样忠实而柔和,1 会补上缺失的纹理。",
    ),
    low=0.0,
    high=1.0,
    step=0.05,
    default=0.8,
)


class Srgan(Blended):
    id = "upscale/srgan"
    row = "U3"
    blend = VIVID
    title = Words("SRGAN", "SRGAN 超分辨率生成对抗网络")
    summary = Words(
        "Sharper than the smallest error allows: a critic asks for texture, and it is invented.",
        "比误差最小的结果更清晰:判别网络要求有纹理,于是补出纹理。",
    )
    Config = Config
    Recipe = Recipe
    loop = "models.learning.sharpening"

    def critic(self, recipe):
        """The opponent, needed only while learning."""
        from models.upscale.srgan.network import PatchCritic

        return PatchCritic(recipe.critic_base)


FAMILY = Srgan()
