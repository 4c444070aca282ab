"""Writing held to known words: every way on leads to one, and a person's own are let through."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from models.data.lexicon import known_words, packed, unpacked
from models.data.vocabulary import END, WORD, learn_vocabulary
from models.layers.known_words import KnownWords, Lexicon

TEXTS = [
    "the cat's bowl - a red-hot dog, don't!",
    "two dogs and the cats sat; a bowl of red don't",
] * 4
WORDS = known_words(TEXTS)
VOCABULARY = learn_vocabulary(TEXTS, 48)
LEXICON = Lexicon(VOCABULARY, WORDS)


def test_words_are_counted_and_come_back_from_bytes() -> None:
    assert {"the", "cat's", "don't", "dog", "hot"} <= set(WORDS)
    assert "-" not in WORDS and known_words(["once", "twice twice"]) == ("twice",)
    assert unpacked(packed(WORDS)) == WORDS


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**31 - 1))
def test_whatever_the_chances_only_known_words_are_written(seed: int) -> None:
    rng, guide, so_far = np.random.default_rng(seed), KnownWords(LEXICON), []
    while len(so_far) < 60:
        row = guide(so_far, rng.normal(size=len(VOCABULARY)).astype(np.float32))
        row[1:3] = -2e9
        piece = int(row.argmax())
        if piece == END:
            break
        so_far.append(piece)
    else:
        so_far = so_far[: max(i for i, p in enumerate(so_far) if VOCABULARY.pieces[p][:1] == " ")]
    found = [w.lstrip() for w in WORD.findall(VOCABULARY.decode(so_far))]
    assert all(w in WORDS for w in found if w[:1].isalpha()), VOCABULARY.decode(so_far)


def pieces(*texts: str) -> list[int]:
    return [VOCABULARY.numbers[text] for text in texts]


def test_a_wished_word_counts_as_known_and_an_own_one_ends_as_it_likes() -> None:
    chances = np.zeros(len(VOCABULARY), np.float32)
    begun, (a, w) = pieces(" ", "b", "o"), pieces("a", "w")
    alone, wished = KnownWords(LEXICON)(begun, chances), KnownWords(LEXICON, "Boat")(begun, chances)
    assert alone[w] == 0 > alone[a] and alone[END] < 0, "bo goes on to bowl"
    assert wished[w] == wished[a] == 0 > wished[END], "or to boat, where that was wished for"
    assert KnownWords(LEXICON, "boat")([*begun, a, *pieces("t")], chances)[END] == 0
    odd = [*begun, *pieces("o", "o")]
    assert (KnownWords(LEXICON)(odd, chances) == chances).all()
