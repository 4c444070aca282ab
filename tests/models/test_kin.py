"""The training sentence nearest to a text, and how many words in a row they share."""

from __future__ import annotations

import pytest

from models.data.kin import Kin, common_row, sentences

TEXTS = [
    "A man rides a horse on the beach.",
    "Two dogs run in the snow.",
    "A dog sleeps.",
    "春眠不觉晓",
]


def test_a_copied_sentence_is_found_word_for_word() -> None:
    (near,) = Kin(TEXTS).nearest("two DOGS run in the snow")
    assert near.found == TEXTS[1] and near.row == near.words == 6


def test_of_like_sentences_the_longest_row_wins() -> None:
    (near,) = Kin(TEXTS).nearest("A man rides a dog on the street.")
    assert near.found == TEXTS[0] and near.row == 4 and near.words == 8


@pytest.mark.parametrize("text", ["", "   ", "xylophone", "\U0001f600", "." * 400])
def test_what_shares_no_word_has_no_neighbour(text: str) -> None:
    assert Kin(TEXTS).nearest(text) == []


def test_a_long_text_is_compared_sentence_by_sentence() -> None:
    story = "Once there was a tiny mouse. " * 12 + "Two dogs run in the snow. He was happy!"
    assert len(sentences(story)) == 14
    found = Kin([*TEXTS, "He was happy today."]).nearest(story[-200:])
    assert [n.found for n in Kin(TEXTS).nearest("春眠不觉晓")] == ["春眠不觉晓"]
    assert found[0].row <= found[0].words
    assert Kin([story]).nearest(story)[0].row == 6, "a story is learned as sentences too"


def test_common_rows() -> None:
    assert common_row("abcde", "xbcdy") == 3
    assert common_row("abc", "") == common_row("", "abc") == 0
    assert common_row("aab", "ab") == 2
