"""A judge of labels: which digit, which direction, skin, outfit and hair a picture shows.

Trained on real pictures only; conditional models are judged by whether it reads from their
pictures what was asked for.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from models.family import Words
from models.judges.judge import Judge

CHANNELS = {"digits": 1, "heroes": 4}  # what the pictures of a set hold; others are RGB


@dataclass(frozen=True)
class Config:
    size: int = 64
    channels: int = 3
    widths: tuple[int, ...] = (24, 48, 64, 96)
    depths: tuple[int, ...] = (0, 1, 1, 0)
    hidden: int = 96
    names: tuple[str, ...] = ()  # the columns of labels, one head for each
    classes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Recipe:
    minutes: float = 20  # heroes; 4 are enough for digits
    batch: int = 128
    rate: float = 2e-3
    decay: float = 0.02
    smoothing: float = 0.05
    average: float = 0.998
    noise: float = 0.05  # generated pictures are never as clean as real ones
    smallest: float = 0.8  # share of the area that a view keeps


class Classifier(Judge):
    id = "judges/classifier"
    row = "O5"
    title = Words("Judge of labels", "标签评判网络")
    summary = Words(
        "Reads from a picture what it shows; conditional models are judged by it.",
        "从图片中读出它画的是什么;用来评判条件生成模型。",
    )
    Config = Config
    Recipe = Recipe
    loop = "models.judges.classifier.learning"

    def tiny(self) -> Config:
        return Config(size=16, widths=(4, 8), depths=(0, 0), hidden=8, names=("a",), classes=(3,))

    def fit_to(self, config, data):
        """Size, channels and one head for each column of labels, in the order of the data set."""
        if not data.labels:
            raise ValueError(f"A judge learns from labels; {data.source.name} has none.")
        return dataclasses.replace(
            config,
            size=data.pictures.shape[-1],
            channels=data.pictures.shape[1],
            names=tuple(data.labels),
            classes=tuple(len(data.names[c]) for c in data.labels),
        )

    def build(self, config):
        from .network import LabelReader

        return LabelReader(config).eval()

    def examine(self, network, config, data):
        from models.data import load_pictures

        from .learning import accuracies

        real = load_pictures(data, config.size, "test", config.channels)
        found = accuracies(network, real.pictures, real.labels)
        return [
            {
                "name": f"accuracy: {column}",
                "value": round(share, 4),
                "unit": "share",
                "samples": len(real),
                "chance": round(1 / classes, 4),
                "command": f"python -m models.judges.publish {self.id} --data {data}",
            }
            for (column, share), classes in zip(found.items(), config.classes, strict=True)
        ]


FAMILY = Classifier()
