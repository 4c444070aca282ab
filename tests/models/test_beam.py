"""Looking for the likeliest text: dead ends are left, and what a person gave stays."""

from __future__ import annotations

from itertools import product

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.data.vocabulary import END, START, Vocabulary
from models.layers.beam import RULED_OUT, WIDE, _best, likeliest

VOCABULARY = Vocabulary(list("abcdefgh"))
SIZE = len(VOCABULARY)
A, B, C = (VOCABULARY.numbers[letter] for letter in "abc")


def chain(chances: np.ndarray):
    """`begin` and `step` of a chain: chances (pieces, pieces) of the next piece after each."""
    logs = torch.from_numpy(np.log(np.maximum(chances, 1e-9))).float()

    def begin():
        return logs[[START] * WIDE], torch.zeros(1, WIDE, 1)

    def step(numbers: torch.Tensor, state: torch.Tensor):
        return logs[numbers], state + 1

    return begin, step


def text(tokens) -> str:
    return "".join(token.text for token in tokens).lower()


def garden() -> np.ndarray:
    """A is the likelier beginning, but leads to nothing likely; B surely ends."""
    chances = np.zeros((SIZE, SIZE))
    chances[START, [A, B]] = 0.6, 0.4
    chances[A, [A, B, C, END]] = 0.3, 0.2, 0.3, 0.2
    chances[C, [A, B, C, END]] = 0.3, 0.2, 0.3, 0.2
    chances[B, END] = 1
    return chances


def test_a_dead_end_is_left() -> None:
    (token,) = likeliest(*chain(garden()), VOCABULARY, 8)
    assert token.text == "B" and abs(token.chance - 0.4) < 1e-6 and not token.given
    assert token.others[0] == ("a", token.others[0][1]) and token.others[0][1] > 0.5


def test_a_longer_text_that_is_surely_right_is_waited_for() -> None:
    chances = np.zeros((SIZE, SIZE))
    chances[START, A] = 1
    chances[A, [END, B]] = 0.5  # as likely as each other: what follows B is certain
    chances[B, C] = chances[C, END] = 1
    assert text(likeliest(*chain(chances), VOCABULARY, 8)) == "abc"


def test_an_opening_stays_and_costs_nothing() -> None:
    tokens = likeliest(*chain(garden()), VOCABULARY, 8, "ca")
    assert text(tokens).startswith("ca") and [t.given for t in tokens[:2]] == [True, True]
    assert not any(t.given for t in tokens[2:])


def test_a_guide_is_obeyed_and_the_told_chances_are_its_network_s() -> None:
    def never_b(so_far, row):
        return np.where(np.arange(SIZE) == B, np.float32(-1e9), row)

    tokens = likeliest(*chain(garden()), VOCABULARY, 4, guide=never_b)
    assert "b" not in text(tokens) and abs(tokens[0].chance - 0.6) < 1e-6


def test_no_more_than_asked_and_never_nothing() -> None:
    chances = np.zeros((SIZE, SIZE))
    chances[:, END], chances[:, A] = 0.999, 0.001
    assert text(likeliest(*chain(chances), VOCABULARY, 5)) == "a"
    chances[:] = 1e-6  # any letter is likelier than the end
    chances[:, END], chances[:, A] = 0, 1
    assert text(likeliest(*chain(chances), VOCABULARY, 5)) == "aaaaa"


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**31 - 1), st.sampled_from([3, 200, 2047, 16000]), st.booleans())
def test_the_best_are_those_of_a_whole_sort(seed: int, size: int, ruled: bool) -> None:
    values = np.round(np.random.default_rng(seed).normal(size=size), 1)  # with many alike
    if ruled:
        values[np.arange(size) % 7 > 0] = -1e9
    best = _best(values, 16)
    wanted = np.argsort(-values, kind="stable")[:16]
    alive = values[wanted] > RULED_OUT
    assert best[: alive.sum()].tolist() == wanted[alive].tolist()


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**31 - 1))
def test_nothing_of_two_pieces_is_likelier(seed: int) -> None:
    """Of three letters eight beginnings hold every text of one piece: none of two can be missed."""
    likely = np.zeros((SIZE, SIZE))
    likely[:, [A, B, C]] = np.random.default_rng(seed).dirichlet(np.full(3, 0.4), SIZE)

    def worth(pieces: tuple[int, ...]) -> float:
        return sum(likely[a, b] for a, b in zip((START, *pieces[:-1]), pieces, strict=True))

    likely = np.log(np.maximum(likely, 1e-9))
    found = text(likeliest(*chain(np.exp(likely)), VOCABULARY, 2))
    best = max(product((A, B, C), repeat=2), key=worth)
    assert worth(tuple(VOCABULARY.numbers[c] for c in found)) >= worth(best) - 1e-4
