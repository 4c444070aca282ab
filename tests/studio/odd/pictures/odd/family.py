"""A family that works in steps, slowly, and fails in every way that it is asked to."""

import time
from dataclasses import dataclass

from models.family import Choice, Family, Slider, Switch, TextLine, Words
from models.layers.walk import normal


@dataclass(frozen=True)
class Config:
    size: int = 8


@dataclass(frozen=True)
class Recipe:
    minutes: float = 0.1


def words(text):
    return Words(text, "中文" + text)


class Odd(Family):
    id = "pictures/odd"
    row = "none"
    title = words("Odd")
    summary = words("Steps and failures.")
    gives = "picture"
    Config = Config
    Recipe = Recipe

    def tiny(self):
        return Config()

    def controls(self, config):
        ways = ("none", "error", "memory", "nothing")
        return (
            Slider(
                name="steps",
                label=words("Steps"),
                help=words("How many steps."),
                low=1,
                high=1000,
                step=1,
                default=3,
            ),
            Slider(
                name="pause",
                label=words("Pause"),
                help=words("Milliseconds a step."),
                low=0.0,
                high=200.0,
                step=0.1,
                default=0.0,
                unit="ms",
            ),
            Choice(
                name="fault",
                label=words("Fault"),
                help=words("How it fails."),
                options=tuple((way, words(way)) for way in ways),
                default="none",
            ),
            Switch(name="copy", label=words("Copy"), help=words("Does nothing.")),
            TextLine(name="json", label=words("Text"), help=words("Does nothing."), longest=20),
        )

    def build(self, config):
        from torch import nn

        return nn.Linear(4, 4).eval()

    def noise(self, config, asked):
        return normal(asked.seed, size=3)

    def generate(self, network, config, asked, noise):
        controls = asked[0].controls
        picture = noise.tanh()[:, :, None, None].expand(-1, -1, config.size, config.size)
        for step in range(1, int(controls["steps"]) + 1):
            time.sleep(controls["pause"] / 1000)
            if controls["fault"] == "error":
                raise KeyError("odd")
            if controls["fault"] == "memory":
                raise MemoryError
            if controls["fault"] != "nothing":
                yield step / controls["steps"], picture


FAMILY = Odd()
