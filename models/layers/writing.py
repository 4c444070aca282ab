"""Writing piece by piece: chances to a choice, with the request's own noise at every place.

The choice is the largest of score / temperature + Gumbel noise, which draws from the softmax at
that temperature (Maddison, Tarlow, Minka 2014, arXiv 1411.0030). The noise of a place depends on
the seed and the place alone, so that a small move of a slider changes few words; at temperature 0
it has no weight. On the CPU everything is float32 and one text at a time: the same request gives
the same pieces.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch

from models.data.vocabulary import END, START, UNKNOWN, Vocabulary
from models.family import Asked
from models.values import Text, Token

OTHERS = 5  # alternatives that are told for each piece
ADDRESS = 77  # keeps this noise apart from the latent's
Guide = Callable[[Sequence[int], np.ndarray], np.ndarray]
NOT_WRITTEN = torch.tensor([START, UNKNOWN])
TOGETHER = 16  # places whose noise is drawn at once


def write(
    begin: Callable[[], tuple[torch.Tensor, Any]],
    step: Callable[[torch.Tensor, Any], tuple[torch.Tensor, Any]],
    vocabulary: Vocabulary,
    seed: int,
    controls: Mapping[str, Any],
    most: int,
    opening: str = "",
    guide: Guide | None = None,
) -> Iterator[list[Token]]:
    """The tokens so far, one list that grows. `begin` and `step` give scores (1, pieces).

    `controls` may hold temperature, top_k and top_p. The opening is read first and told with its
    chances; then at most `most` pieces are written, fewer where the text ends by itself. A guide
    changes the chances that a choice is made from, not those that are told.
    """
    tokens: list[Token] = []
    scores, state = begin()
    noise = Noise(seed, scores.shape[1])
    given = vocabulary.encode(opening)
    so_far: list[int] = []
    for place in range(len(given) + most):
        chances = log_chances(scores)[0]
        if place < len(given):
            piece = given[place]
        else:
            weighed = guide(so_far, chances) if guide else chances
            piece = choose(weighed, noise, place, controls, bool(tokens))
            if piece == END:
                break
        so_far.append(piece)
        others = alternatives(chances, piece, vocabulary)
        chance = math.exp(chances[piece])
        tokens.append(Token(shown(vocabulary, piece, tokens), chance, others, place < len(given)))
        yield tokens
        if place + 1 < len(given) + most:
            scores, state = step(torch.tensor([piece]), state)
    yield tokens


def in_turn(guides: Sequence[Guide]) -> Guide:
    """One guide that does what several do, one after another."""

    def guide(so_far: Sequence[int], chances: np.ndarray) -> np.ndarray:
        for one in guides:
            chances = one(so_far, chances)
        return chances

    return guide


def written(
    asked: Sequence[Asked], steps: Callable[[Asked, int], Iterator[list[Token]]]
) -> Iterator[tuple[float, Any]]:
    """Steps of (fraction, [Text]) for one request; several are only told at the end.

    `steps(request, row)` writes one of them, as `write` does.
    """
    made = []
    for row, one in enumerate(asked):
        most = max(int(one.controls["length"]), 1)
        for tokens in steps(one, row):
            if len(asked) == 1 and len(tokens) % 4 == 0:
                yield min(0.99, len(tokens) / most), [whole(tokens)]
        made.append(whole(tokens))
        if len(asked) > 1:
            yield (row + 0.5) / len(asked), None
    yield 1.0, made


def whole(tokens: list[Token]) -> Text:
    """Tokens as a text."""
    return Text("".join(token.text for token in tokens).strip("\n"), tuple(tokens))


def log_chances(scores: torch.Tensor) -> np.ndarray:
    """(n, pieces) scores -> (n, pieces) log chances; START and UNKNOWN are never written."""
    rows = scores.float().cpu().index_fill(1, NOT_WRITTEN, -1e9)
    return rows.log_softmax(1).numpy()


def choose(
    chances: np.ndarray, noise: Noise, place: int, controls: Mapping[str, Any], may_end: bool
) -> int:
    """The piece for one place: of the `top_k` likeliest, of those that make up `top_p`."""
    row = chances.copy()
    if not may_end:
        row[END] = -1e9
    temperature = float(controls.get("temperature", 0.0))
    if temperature <= 0:
        return int(row.argmax())
    top_k, top_p = int(controls.get("top_k", 0)), float(controls.get("top_p", 1.0))
    if 0 < top_k < len(row):
        row[row < np.partition(row, -top_k)[-top_k]] = -1e9
    if top_p < 1:
        order = np.argsort(-row, kind="stable")
        before = np.cumsum(np.exp(row[order])) - np.exp(row[order])
        row[order[before >= top_p * np.exp(row).sum()]] = -1e9
    return int((row / np.float32(temperature) + noise.at(place)).argmax())


class Noise:
    """Gumbel noise by place, drawn for several places at once since that is ten times as fast."""

    def __init__(self, seed: int, size: int) -> None:
        self.seed, self.size = seed, size
        self._block, self._rows = -1, np.empty(0)

    def at(self, place: int) -> np.ndarray:
        """(size,) float32 for one place of this seed"""
        block = place // TOGETHER
        if block != self._block:
            key = np.array([self.seed, ADDRESS, block], dtype=np.uint32)
            uniform = np.random.RandomState(key).random_sample((TOGETHER, self.size))
            inner = -np.log(uniform.astype(np.float32) + np.float32(1e-10))
            self._block, self._rows = block, -np.log(inner + np.float32(1e-10))
        return self._rows[place % TOGETHER]


def alternatives(
    chances: np.ndarray, piece: int, vocabulary: Vocabulary
) -> tuple[tuple[str, float], ...]:
    """The likeliest pieces with their chances, without the one that was taken and the end."""
    best = np.argpartition(chances, -OTHERS - 2)[-OTHERS - 2 :] if len(chances) > 7 else []
    ranked = sorted((int(i) for i in best), key=lambda i: (-chances[i], i))
    kept = [i for i in ranked if i not in (piece, END)][:OTHERS]
    return tuple((vocabulary.pieces[i], math.exp(chances[i])) for i in kept)


def shown(vocabulary: Vocabulary, piece: int, before: list[Token]) -> str:
    """How a piece is written: a capital at the start and in `I`, a new line after a couplet."""
    text = vocabulary.pieces[piece]
    if not before:
        return text.lstrip(" ")[:1].upper() + text.lstrip(" ")[1:]
    if text == " i" or text.startswith(" i'"):
        return " I" + text[2:]
    return text + "\n" if text == "。" else text
