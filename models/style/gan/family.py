"""Plain adversarial translation: Goodfellow et al., "Generative Adversarial Nets", 2014 (arXiv
1406.2661), between two kinds of pictures. The networks, critics and minutes of the CycleGAN, whose
cycle and identity losses are off: what they are good for is seen beside it."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.style.cyclegan.family import CycleGanStyle
from models.style.cyclegan.family import Recipe as CycleRecipe


@dataclass(frozen=True)
class Recipe(CycleRecipe):
    minutes: float = 20
    cycle: float = 0.0
    identity: float = 0.0


class PlainGanStyle(CycleGanStyle):
    id = "style/gan"
    row = "S2"
    place = 60
    title = Words("GAN without a cycle", "无循环的生成对抗网络")
    summary = Words(
        "Turns a photograph into a painting, but nothing holds it to the picture it was given.",
        "把照片变成绘画,但没有任何约束让它忠于原图。",
    )
    Recipe = Recipe


FAMILY = PlainGanStyle()
