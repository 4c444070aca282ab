"""What a sentence or poem may be about, read off its words: the named sliders of a latent space.

A theme becomes a direction in the latent: from the mean of the texts without these words to the
mean of those with them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from models.family import Words


class Theme(NamedTuple):
    """A name in two languages and the words that tell (a regular expression)."""

    name: str
    words: Words
    tells: str


CAPTIONS = (
    Theme("woman", Words("Women", "女性"), r"\b(woman|women|girls?|lady|ladies|female)\b"),
    Theme("child", Words("Children", "孩子"),
          r"\b(child|children|kids?|boys?|girls?|baby|toddler)\b"),
    Theme("crowd", Words("Many people", "许多人"),
          r"\b(people|crowd|group|several|many|men|women)\b"),
    Theme("dog", Words("Dogs", "狗"), r"\b(dogs?|puppy|puppies)\b"),
    Theme("water", Words("Water", "水"),
          r"\b(water|beach|ocean|pool|lake|river|sea|wave|swim\w*|boat)\b"),
    Theme("sport", Words("Sport", "运动"),
          r"\b(ball|soccer|football|basketball|baseball|tennis|player|game|race|team|hockey)\b"),
    Theme("street", Words("Street", "街道"),
          r"\b(street|city|sidewalk|road|car|building|bus|traffic)\b"),
    Theme("music", Words("Music", "音乐"),
          r"\b(guitar|music\w*|band|sing\w*|microphone|stage|instruments?|drums?|dancing|dancers?)\b"),
    Theme("food", Words("Food and tables", "食物与餐桌"),
          r"\b(food|eat\w*|table|kitchen|cook\w*|restaurant|drink\w*|cake|market)\b"),
    Theme("snow", Words("Snow and mountains", "雪与山"),
          r"\b(snow\w*|ski\w*|mountains?|ice|cliff|rocks?)\b"),
    Theme("long", Words("Longer", "更长"), r"^(\S+\s+){13,}"),
)  # fmt: skip

EMOTIONS = (
    Theme("question", Words("Question", "提问"), r"\?"),
    Theme("exclaim", Words("Exclaiming", "感叹"), r"!"),
    Theme("me", Words("About me", "说自己"), r"\b(i|i'm|my|me)\b"),
    Theme("you", Words("About you", "说对方"), r"\b(you|your|you're)\b"),
    Theme("thanks", Words("Thanks", "感谢"), r"\bthank\w*"),
    Theme("not", Words("Denying", "否定"), r"\b(not|no|never|don't|can't|isn't|didn't)\b"),
    Theme("long", Words("Longer", "更长"), r"^(\S+\s+){14,}"),
)

POEMS = (
    Theme("spring", Words("Spring", "春"), r"[春花桃柳莺燕]"),
    Theme("autumn", Words("Autumn", "秋"), r"[秋霜雁菊叶]"),
    Theme("moon", Words("Moon and night", "月与夜"), r"[月夜星宵]"),
    Theme("mountain", Words("Mountains", "山"), r"[山峰岭岩]"),
    Theme("water", Words("Rivers and sea", "江海"), r"[江海湖水波]"),
    Theme("wine", Words("Wine", "酒"), r"[酒醉杯尊]"),
    Theme("sorrow", Words("Sorrow", "愁"), r"[愁泪悲恨断]"),
    Theme("temple", Words("Monks and Zen", "禅与寺"), r"[僧禅寺佛]"),
)

THEMES = {"captions": CAPTIONS, "coco": CAPTIONS, "emotions": EMOTIONS, "poems": POEMS}


def having(theme: Theme, texts: list[str]) -> list[bool]:
    """For each text whether the theme's words are in it."""
    tells = re.compile(theme.tells)
    return [bool(tells.search(text)) for text in texts]
