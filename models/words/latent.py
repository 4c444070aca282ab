"""What text autoencoders declare alike: a point of the latent space, moved, then written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, ClassVar

from models.family import Family, Pad, Slider, TextLine, Words
from models.words.controls import KNOWN, LONGEST, OPENING, TEMPERATURE, TOP_K, TOP_P, length
from models.words.wishes import wishes

PLACE = Pad(
    name="place",
    label=Words("Place", "位置"),
    help=Words(
        "Drag to walk from this seed to its neighbours; every spot is a text of its own.",
        "拖动即可从当前种子走向相邻的种子;每一处都是一段独立的文本。",
    ),
    low=-8.0,
    high=8.0,
    step=0.01,
)

SPREAD = Slider(
    name="spread",
    label=Words("Daring", "大胆程度"),
    help=Words(
        "Low values stay close to the typical text, high values risk odd ones.",
        "数值低时接近典型文本,数值高时更大胆也更容易出错。",
    ),
    low=0.0,
    high=1.5,
    step=0.05,
    default=1.0,
)


def _line(name: str, label: Words, help: Words) -> TextLine:
    return TextLine(name=name, label=label, help=help, group="sentences", longest=LONGEST)


SENTENCES = (
    _line(
        "sentence",
        Words("Your text", "您的文本"),
        Words(
            "Is read into the latent space, and the controls move from there; empty: the seed.",
            "读入潜在空间,由控件从那里移动;留空则使用种子。",
        ),
    ),
    Slider(
        name="stray",
        label=Words("Stray from your text", "偏离您的文本"),
        help=Words(
            "Rewrites nearby: how far each seed strays from your text.",
            "附近的改写:每个种子偏离您文本的程度。",
        ),
        group="sentences",
        low=0.0,
        high=1.0,
        step=0.05,
        default=0.0,
    ),
    _line(
        "towards",
        Words("Walk towards", "走向"),
        Words("A second text to walk to.", "要走向的第二段文本。"),
    ),
    Slider(
        name="walk",
        label=Words("How far", "走多远"),
        help=Words(
            "0 is where you start, 1 is the second text.", "0 表示出发处,1 表示第二段文本。"
        ),
        group="sentences",
        low=0.0,
        high=1.0,
        step=0.01,
        default=0.0,
    ),
    _line(
        "minus",
        Words("Minus", "减去"),
        Words("A text whose meaning is taken away (A − B + C).", "减去这段文本的含义(A − B + C)。"),
    ),
    _line(
        "plus",
        Words("Plus", "加上"),
        Words("A text whose meaning is added (A − B + C).", "加上这段文本的含义(A − B + C)。"),
    ),
)


class Latent(Family):
    """A family whose network reads texts into latents and offers `begin` and `step`."""

    gives = "text"
    loop = "models.learning.text_variational"
    metrics = ("latent_text",)
    by_character: ClassVar[tuple[str, ...]] = ("poems",)
    by_word: ClassVar[tuple[str, ...]] = ("coco",)

    def fit_to(self, config: Any, data: Any, vocabulary: Any) -> Any:
        """The sizes of the vocabulary, the conditions that the data has, and its themes."""
        from models.data.themes import THEMES

        columns = tuple(c for c in data.labels if self.conditional)
        themes = THEMES.get(data.source.name, ())
        return dataclasses.replace(
            config,
            pieces=len(vocabulary),
            letters=len(vocabulary.stored()),
            conditions=columns,
            names=tuple(data.names[c] for c in columns),
            themes=tuple((t.name, *t.words) for t in themes) or config.themes[:1],
        )

    conditional: ClassVar[bool] = False

    def controls(self, config):
        sliders = tuple(_theme(*theme) for theme in config.themes)
        # The likeliest words by default: then only the latent moves the text. Under conditions a
        # young model repeats its likeliest characters, so it draws.
        still = dataclasses.replace(TEMPERATURE, default=0.7 if config.conditions else 0.0)
        return (
            *wishes(config), PLACE, SPREAD, *sliders, *SENTENCES,
            still, length(config.most, config.usual), TOP_K, TOP_P,
            *((KNOWN,) if config.lexicon else ()), OPENING,
        )  # fmt: skip

    def noise(self, config, asked):
        from models.layers.walk import plane

        return plane(asked.seed, asked.controls["place"], config.latent)

    def generate(self, network, config, asked, noise) -> Iterator[tuple[float, Any]]:
        """Steps of (fraction, [Text]); several requests are only told at the end."""
        from models.layers.latent_text import texts

        return texts(network, config, asked, noise)


def _theme(name: str, en: str, zh: str) -> Slider:
    return Slider(
        name=f"theme_{name}",
        label=Words(en, zh),
        help=Words(
            "Moves the text towards this theme or away from it; 0 is no change.",
            "让文本靠近或远离这一主题;0 表示不变。",
        ),
        group="themes",
        low=-3.0,
        high=3.0,
        step=0.05,
        default=0.0,
        unit="σ",
    )
