"""A judge that listens: which drum, which digit, which speaker a sound is.

Trained on real recordings only, on the same spectrogram that the families of sounds start from;
conditional models are judged by whether it hears from their sounds what was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.judges.judge import Judge
from models.layers.sound_config import TINY, SoundConfig, fitted


@dataclass(frozen=True)
class Config(SoundConfig):
    widths: tuple[int, ...] = (16, 32, 64, 96)
    hidden: int = 96


@dataclass(frozen=True)
class Recipe:
    minutes: float = 4
    batch: int = 64
    rate: float = 3e-3
    decay: float = 0.02
    smoothing: float = 0.05
    average: float = 0.99
    noise: float = 0.08  # 3 dB: generated sounds are never as clean as real ones


class Listener(Judge):
    id = "judges/listener"
    row = "O5"
    title = Words("Judge of sounds", "声音评判网络")
    summary = Words(
        "Hears what a sound is; conditional models are judged by it.",
        "听出声音是什么;用来评判条件生成模型。",
    )
    Config = Config
    Recipe = Recipe
    loop = "models.judges.listener.learning"

    def tiny(self):
        return Config(**TINY, widths=(4, 6), hidden=8)

    def fit_to(self, config, data):
        if not data.labels:
            raise ValueError(f"A judge learns from labels; {data.source.name} has none.")
        return fitted(config, data)

    def build(self, config):
        from .network import SoundReader

        return SoundReader(config).eval()

    def examine(self, network, config, data):
        from models.data.sounds import load_sounds

        from .learning import accuracies

        real = load_sounds(data, "test")
        found = accuracies(network, real.sounds, real.labels)
        return [
            {
                "name": f"accuracy: {column}",
                "value": round(share, 4),
                "unit": "share",
                "samples": len(real),
                "chance": round(1 / len(values), 4),
                "command": f"python -m models.judges.publish {self.id} --data {data}",
            }
            for (column, share), values in zip(found.items(), config.names, strict=True)
        ]


FAMILY = Listener()
