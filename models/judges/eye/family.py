"""The eye: our own feature network, for Frechet distances, nearest pictures and perceptual loss.

No network is downloaded, so no figure made with it is comparable to a published FID.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.judges.judge import Judge


@dataclass(frozen=True)
class Config:
    # Plain 3x3 convolutions: 280 training pictures a second on two cores at 80 px in bf16
    widths: tuple[int, ...] = (24, 64, 128, 256)  # at 1/2, 1/4, 1/8, 1/16 of the side
    depths: tuple[int, ...] = (1, 1, 2, 2)  # a second block at 1/2 would cost a third more
    classes: int = 201


@dataclass(frozen=True)
class Recipe:
    minutes: float = 90  # 58 on one core gave 67 % of 201 classes on test
    batch: int = 128
    rate: float = 0.1
    momentum: float = 0.9
    decay: float = 5e-4
    smoothing: float = 0.1
    mixing: float = 0.5  # share of batches that are mixed
    average: float = 0.999
    sides: tuple[int, ...] = (48, 64, 64, 80, 96)  # one for each batch: the eye reads all of them
    also: str = "eye_art"  # paintings and sketches join as classes of their own; "" for none


class EyeFamily(Judge):
    id = "judges/eye"
    row = "O5"
    title = Words("The eye", "视觉评判网络")
    summary = Words(
        "Learned 193 kinds of photographs and 8 of drawings; its features compare pictures.",
        "学会了 193 类照片和 8 类绘画;用它的特征来比较图片。",
    )
    Config = Config
    Recipe = Recipe
    loop = "models.judges.eye.learning"

    def tiny(self) -> Config:
        return Config(widths=(4, 6, 8, 12), depths=(0, 0, 1, 1), classes=5)

    def build(self, config):
        from .network import Eye

        return Eye(config).eval()

    def examine(self, network, config, data):
        from .learning import accuracy, examples

        side = 96
        pictures, labels = examples(data, Recipe.also, side, "test")
        command = f"python -m models.judges.publish {self.id} --data {data} --name eye"
        return [
            {
                "name": f"accuracy at {s} px",
                "value": round(accuracy(network, pictures, labels, s), 4),
                "unit": "share",
                "samples": len(pictures),
                "chance": round(1 / config.classes, 4),
                "command": command,
            }
            for s in (64, side)
        ]


FAMILY = EyeFamily()
