"""The likeliest text, rather than the likeliest next piece again and again.

Beam search (Graves, "Sequence Transduction with Recurrent Neural Networks", 2012, arXiv 1211.3711):
several beginnings are kept at a time, so that a piece that leads nowhere can still be dropped. The
log chance of a finished text is divided by a power of its length, since longer ones are always
less likely (Wu et al., 2016, arXiv 1609.08144).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from models.data.vocabulary import END, FIRST, Vocabulary
from models.layers.writing import Guide, alternatives, log_chances, shown
from models.values import Token

WIDE = 8  # beginnings kept; always so many, that sums do not depend on how many are left
POWER = 0.8  # of the length
AHEAD = 3  # pieces that a beginning may still win by: a longer text is worth more for its length
STRETCH = 128  # scores of which only the largest is looked at first
RULED_OUT = -1e8  # log chances below this are those of rules, not of a network
Begin = Callable[[], tuple[torch.Tensor, torch.Tensor]]
Step = Callable[[torch.Tensor, torch.Tensor], tuple[torch.Tensor, torch.Tensor]]


@dataclass(frozen=True)
class Beginning:
    """Pieces so far, the sum of their weighed log chances, and all chances before each of them."""

    pieces: tuple[int, ...] = ()
    score: float = 0.0
    rows: tuple[np.ndarray, ...] = ()

    def then(self, piece: int, chance: float, row: np.ndarray) -> Beginning:
        return Beginning((*self.pieces, piece), self.score + chance, (*self.rows, row))

    def worth(self, ahead: int = 0) -> float:
        """What it counts; `ahead`: if it were so many pieces longer, and all of them certain."""
        return self.score / max(len(self.pieces) + ahead, 1) ** POWER


def likeliest(
    begin: Begin,
    step: Step,
    vocabulary: Vocabulary,
    most: int,
    opening: str = "",
    guide: Guide | None = None,
) -> list[Token]:
    """The tokens of the best text found, at most `most` pieces after the opening.

    `begin` and `step` give scores (WIDE, pieces) and a state (layers, WIDE, ...). A guide changes
    the chances that a choice is made from, not those that are told.
    """
    given = vocabulary.encode(opening)
    return _told(search(begin, step, most, given, guide), len(given), vocabulary)


def search(
    begin: Begin, step: Step, most: int, given: Sequence[int] = (), guide: Guide | None = None
) -> Beginning:
    """The best text found, without its tokens: as `likeliest`, whose opening is `given` here."""
    scores, state = begin()
    kept, ended = [Beginning()], []
    for piece in given:
        row = log_chances(scores)[0]
        kept = [kept[0].then(piece, 0.0, row)]  # not its own choice: counts for nothing
        scores, state = step(torch.full((WIDE,), piece), state)
    for _ in range(most):
        rows = log_chances(scores)
        onward = _onward(kept, rows, guide)
        ended += [after for _, piece, after in onward[:WIDE] if piece == END]
        going = [(source, after) for source, piece, after in onward if piece != END][:WIDE]
        if not going:
            break
        kept = [after for _, after in going]
        enough = len(ended) >= WIDE
        if enough or (ended and max(e.worth() for e in ended) >= kept[0].worth(AHEAD)):
            break
        spare = WIDE - len(kept)
        last = [beginning.pieces[-1] for beginning in kept] + [FIRST] * spare
        order = [source for source, _ in going] + [0] * spare
        scores, state = step(torch.tensor(last), state[:, order])
    return max(ended or kept, key=lambda beginning: beginning.worth())


def _weighed(guide: Guide | None, before: Beginning, row: np.ndarray) -> np.ndarray:
    row = guide(before.pieces, row) if guide else row
    if before.pieces:
        return row
    row = row.copy()
    row[END] = -1e9  # no empty text
    return row


def _onward(
    kept: list[Beginning], rows: np.ndarray, guide: Guide | None
) -> list[tuple[int, int, Beginning]]:
    """Which beginning, which piece, and both together: the best of all, the best first."""
    weighed = np.stack([_weighed(guide, b, row) for b, row in zip(kept, rows, strict=False)])
    scores = weighed + np.array([[b.score] for b in kept])
    # every beginning ends at most once: so many hold all that go on
    sources, pieces = np.divmod(_best(scores.ravel(), 2 * WIDE), weighed.shape[1])
    chances = weighed[sources, pieces]
    return [
        (source, piece, kept[source].then(piece, chance, rows[source]))
        for source, piece, chance in zip(
            sources.tolist(), pieces.tolist(), chances.tolist(), strict=True
        )
        if chance > RULED_OUT
    ]


def _best(values: np.ndarray, count: int) -> np.ndarray:
    """Places of the `count` largest, the largest first, the earlier of two alike.

    Only those are sorted that reach the `count`-th largest of the maxima of short stretches.
    """
    maxima = np.maximum.reduceat(values, np.arange(0, len(values), STRETCH))
    if len(maxima) > count:
        least = max(np.partition(maxima, -count)[-count], RULED_OUT)
        places = np.flatnonzero(values >= least)
    else:
        places = np.arange(len(values))
    return places[np.argsort(-values[places], kind="stable")[:count]]


def _told(found: Beginning, given: int, vocabulary: Vocabulary) -> list[Token]:
    tokens: list[Token] = []
    for place, (piece, row) in enumerate(zip(found.pieces, found.rows, strict=True)):
        if piece == END:
            break
        others = alternatives(row, piece, vocabulary)
        text = shown(vocabulary, piece, tokens)
        tokens.append(Token(text, math.exp(row[piece]), others, place < given))
    return tokens
