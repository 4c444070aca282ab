"""A text as a reader says it: the hundred sentences, hard cases, and what cannot be read."""

from __future__ import annotations

import pytest

from models.data.phonemes import SYMBOLS, phonemes
from models.data.reading import LONG_SENTENCE, pieces, sentences
from models.family import UnfitError
from models.metrics.spoken import fixed_sentences


def said(text: str) -> str:
    return " ".join(word.said for sentence in sentences(text) for word in sentence)


def test_the_hundred_sentences_are_read_as_a_person_reads_them() -> None:
    fixed = fixed_sentences()
    assert len(fixed) == 100
    wrong = [(text, said(text), wanted) for text, wanted in fixed if said(text) != wanted]
    assert not wrong


def test_every_word_of_them_has_a_sound() -> None:
    for _, wanted in fixed_sentences():
        for word in wanted.split():
            found = phonemes(word)
            assert found and set(found) <= set(SYMBOLS), word


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$1", "one dollar"),
        ("£0.05", "five pence"),
        ("$3.5 million", "three point five million dollars"),
        ("12:05", "twelve oh five"),
        ("2024-05-03", "may third twenty twenty four"),
        ("the 1920s", "the nineteen twenties"),
        ("007", "zero zero seven"),
        ("1/3", "one third"),
        ("-4.50", "minus four point five zero"),
        ("Café naïve", "cafe naive"),
        ("don’t", "don't"),
        ("QXR and BRT", "q x r and b r t"),
        ("12345678901234567890", "one two three four five six seven eight nine zero one two three "
         "four five six seven eight nine zero"),
        ("No. It is no. 5", "no it is number five"),
        ("50% of it", "fifty percent of it"),
        ("well 😀 done 好", "well done"),
    ],
)  # fmt: skip
def test_numbers_signs_and_accents(text, wanted) -> None:
    assert said(text) == wanted


def test_every_word_knows_where_it_stands() -> None:
    text = "It cost $12, Dr. Lee."
    for word in sentences(text)[0]:
        piece = text[word.start : word.end]
        assert piece in ("It", "cost", "$12", "Dr", "Lee"), piece


def test_a_full_stop_of_an_abbreviation_ends_nothing() -> None:
    assert len(sentences("Mr. J. Smith came. He left!")) == 2


def test_a_sentence_alone_is_read_as_within_its_text() -> None:
    text = "Dr. Lee came at 5 p.m. on May 3, 2024. He paid $5! Why?  Nobody knows"
    parts = pieces(text)
    assert [text[a:b] for a, b in parts][1:] == ["He paid $5!", "Why?", "Nobody knows"]
    alone = [[(w.said, w.pause) for w in sentences(text[a:b])[0]] for a, b in parts]
    assert alone == [[(w.said, w.pause) for w in s] for s in sentences(text)]


def test_endless_sentences_are_cut() -> None:
    found = sentences("and so on, " * 100)
    assert max(map(len, found)) <= LONG_SENTENCE + 15 and sum(map(len, found)) == 300


@pytest.mark.parametrize("text", ["", "   ", "...", "😀😀"])
def test_nothing_to_read_is_said_so(text) -> None:
    with pytest.raises(UnfitError, match="nothing to read") as told:
        sentences(text)
    assert told.value.words.zh


def test_another_script_is_said_so() -> None:
    with pytest.raises(UnfitError, match="English only"):
        sentences("你好,世界")


def test_words_that_no_dictionary_has() -> None:
    assert phonemes("lee's") == ["L", "IY1", "Z"]
    for word in ("kowalczyk", "zyzzyx", "gradio", "qwrtp"):
        assert set(phonemes(word)) <= set(SYMBOLS) and phonemes(word)
    assert phonemes("a", "m") == ["EY1"] and phonemes("a", "cat") == ["AH0"]
    assert phonemes("the", "apple") == ["DH", "IY0"] and phonemes("the", "pear") == ["DH", "AH0"]
