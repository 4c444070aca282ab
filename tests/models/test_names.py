"""Measures have words in both languages."""

import re

import pytest

from models.metrics.names import GROUPS, NAMES, in_words, named
from models.metrics.names_music import MUSIC
from models.metrics.names_voice import VOICE
from models.registry import cards

PICTURES = [n for n in cards() if n.startswith("pictures/")]


@pytest.mark.parametrize("name", PICTURES)
def test_every_measure_of_a_picture_card_has_chinese_words(name: str) -> None:
    for row in cards()[name].measures:
        told = in_words(row)
        assert re.search(r"[一-鿿]", told["label"]["zh"]), row["name"]


def test_measures_of_conditions_name_the_condition() -> None:
    assert named("recognised: hair_colour").title == ("Recognised: hair colour", "识别出:发色")
    assert named("recognised: fin").title.zh == "识别出:fin"
    assert named("something new") is None
    assert named("something: new") is None


def test_a_row_keeps_what_it_brings_along() -> None:
    label = {"en": "Mine", "zh": "我的"}
    row = {"name": "recall", "value": 0.3, "unit": "share", "label": label}
    told = in_words(row)
    assert told["label"] == label and told["value"] == 0.3 and told["unit"]["zh"] == "比例"
    plain = {"name": "something new", "value": 1, "unit": "m"}
    assert in_words(plain) == plain


def test_sentences_are_sentences() -> None:
    for title, tells in [*NAMES.values(), *GROUPS.values(), *MUSIC.values(), *VOICE.values()]:
        assert tells.en.endswith(".") and tells.zh.endswith("。") and title.zh != title.en
