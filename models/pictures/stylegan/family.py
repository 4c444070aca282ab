"""StyleGAN: Karras, Laine, Aila, "A Style-Based Generator Architecture for Generative Adversarial
Networks", 2019 (arXiv 1812.04948), with the modulated convolutions of its second version."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.family import Family, SecondSeed, Slider, Switch, Words
from models.layers.controls import PLACE, SPREAD, WALK, directions, own_spot
from models.layers.walk import normal, spot


@dataclass(frozen=True)
class Config:
    size: int = 64
    channels: int = 3
    latent: int = 128  # of the latent and of the mapped latent
    depth: int = 4  # mapping layers; 8 in the paper, for a hundred times the pictures
    widths: tuple[int, ...] = (256, 192, 128, 80)  # at 4, 8, 16, 32: 110 pictures/s on two cores
    mixing: float = 0.3  # share of pictures that learn with two styles
    directions: int = 8


@dataclass(frozen=True)
class Recipe:
    minutes: float = 240
    batch: int = 64
    rate_generator: float = 5e-3  # equalised; the mapping network learns at a hundredth of it
    rate_critic: float = 2e-3
    betas_generator: tuple[float, float] = (0.5, 0.99)
    betas_critic: tuple[float, float] = (0.0, 0.99)
    penalty: float = 0.1  # R1, half its weight; 0.5 blinds the critic (loss 1.30 of 1.39)
    penalty_every: int = 16
    average: float = 0.998
    augment: float = 1.0  # share of pictures that are changed before the critic sees them
    critic_base: int = 40
    eye: bool = False  # whether the critic sees with the eye


MIX_SEED = SecondSeed(
    name="mix_seed",
    label=Words("Second seed", "第二个种子"),
    help=Words(
        "The picture that lends its style where one of the switches below is on.",
        "打开下面的开关后,由这个种子的图片提供相应层次的风格。",
    ),
    group="mix", default=7,
)  # fmt: skip

MIXES = tuple(
    Switch(
        name=f"mix_{part}",
        label=Words(f"{part.capitalize()} from second", f"{zh}取第二个"),
        help=Words(f"Takes {what} from the second seed.", f"从第二个种子取{what_zh}。"),
        group="mix",
    )
    for part, zh, what, what_zh in (
        ("coarse", "粗略层", "pose and outline", "姿势和轮廓"),
        ("middle", "中间层", "features of the face", "五官特征"),
        ("fine", "精细层", "colours and texture", "颜色和纹理"),
    )
)

GRAIN = Slider(
    name="grain", label=Words("Fine detail", "细节噪声"),
    help=Words("How strong the detail of single hairs is.", "毛发等随机细节的强度。"),
    low=0.0, high=3.0, step=0.1, default=1.0,
)  # fmt: skip


class StyleGan(Family):
    id = "pictures/stylegan"
    row = "P5"
    place = 11
    title = Words("StyleGAN", "StyleGAN 风格生成网络")
    summary = Words(
        "A mapping network turns random numbers into styles, one for every level of detail.",
        "映射网络把随机数变成风格,分别控制图片的每个细节层次。",
    )
    gives = "picture"
    Config, Recipe = Config, Recipe
    loop = "models.learning.adversarial"
    metrics = ("eye",)

    def tiny(self):
        return Config(size=32, latent=8, depth=2, widths=(24, 12, 8), directions=2)

    def controls(self, config):
        way = (MIX_SEED, *MIXES, *WALK, own_spot(config.latent))
        return (PLACE, SPREAD, GRAIN, *directions(config.directions), *way)

    def build(self, config):
        from .network import Generator

        return Generator(config).eval()

    def critic(self, config, recipe):
        """The opponent, needed only while learning."""
        from models.layers.projected import opponent

        return opponent(config, recipe)

    def finish(self, network, config):
        network.settle()

    def noise(self, config, asked):
        own = spot(asked, config.latent + sum(64 * 4**i for i in range(len(config.widths) - 1)))
        other = normal(asked.controls["mix_seed"], size=config.latent)
        return np.concatenate([own[: config.latent], other, own[config.latent :]])

    def generate(self, network, config, asked, noise):
        codes = network.steer(noise[:, : 2 * config.latent], asked)
        grain = noise.new_tensor([a.controls["grain"] for a in asked])[:, None]
        return network.synthesise(codes, noise[:, 2 * config.latent :] * grain).clamp(-1, 1)


FAMILY = StyleGan()
