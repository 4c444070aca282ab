"""Which frames belong to which phoneme: a hidden Markov model with one Gaussian a state, trained on
the recordings themselves by Viterbi (Rabiner 1989); no aligner is downloaded.

Every phoneme has two states; stress does not matter here. Gaps between words may be empty.
"""

from __future__ import annotations

import numba
import numpy as np

from models.data.phonemes import BETWEEN, CONSONANTS, SIGNS, SILENCE, VOWELS

KINDS = (SILENCE, *CONSONANTS, *VOWELS)
STATES = 2
CEPSTRA = 20
ROUNDS = 14
FLOOR = 0.05  # of a feature's whole variance: a Gaussian is never sharper than that


def align(spoken: list[list[str]], mels: list[np.ndarray]) -> list[np.ndarray]:
    """Symbols of every clip and its mels (frames, bands) -> frames of every symbol, int32.

    Durations of a clip add up to its frames; symbols of silence may get 0.
    """
    heard = [_features(m) for m in mels]
    whole = np.concatenate(heard)
    scale = whole.mean(0), whole.std(0) + 1e-6
    heard = [((h - scale[0]) / scale[1]).astype(np.float32) for h in heard]
    plans = [_plan(symbols) for symbols in spoken]
    paths = [_first_guess(plan, h, m) for plan, h, m in zip(plans, heard, mels, strict=True)]
    for _ in range(ROUNDS):
        middle, spread = _fit(plans, paths, heard)
        paths = [
            _viterbi(_likely(h, middle, spread)[:, plan[0]], plan[1])
            for plan, h in zip(plans, heard, strict=True)
        ]
    return [
        np.bincount(plan[2][path], minlength=len(symbols)).astype(np.int32)
        for plan, path, symbols in zip(plans, paths, spoken, strict=True)
    ]


def _features(mels: np.ndarray) -> np.ndarray:
    """(frames, bands) -> (frames, 2 * CEPSTRA): cepstra and how they change."""
    from scipy.fft import dct

    still = dct(mels, norm="ortho", axis=1)[:, :CEPSTRA]
    wide = np.pad(still, ((2, 2), (0, 0)), "edge")
    change = (2 * (wide[4:] - wide[:-4]) + wide[3:-1] - wide[1:-3]) / 10
    return np.concatenate([still, change], 1)


def _plan(symbols: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """State of every place of the chain, whether it may be left out, and its symbol's index."""
    states, free, owner = [], [], []
    for index, symbol in enumerate(symbols):
        if symbol in SIGNS:
            states.append(0)
            free.append(True)
            owner.append(index)
            continue
        kind = KINDS.index(symbol.rstrip("012"))
        for part in range(STATES):
            states.append(kind * STATES + part)
            free.append(False)
            owner.append(index)
    return np.array(states), np.array(free), np.array(owner)


def _first_guess(plan, heard: np.ndarray, mels: np.ndarray) -> np.ndarray:
    """Quiet frames at both ends are silence, all others are shared out evenly."""
    states, free, _ = plan
    loud = np.flatnonzero(mels.mean(1) > np.quantile(mels.mean(1), 0.15))
    first, last = loud[0], loud[-1]
    sound = np.flatnonzero(~free)
    path = np.zeros(len(heard), np.int64)
    shared = np.linspace(0, len(sound) - 1e-6, last - first + 1).astype(int)
    path[first : last + 1] = sound[shared]
    path[last + 1 :] = len(states) - 1
    return path


def _fit(plans, paths, heard) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of every state, (states, features); a rare state leans on all frames."""
    states = np.concatenate([plan[0][path] for plan, path in zip(plans, paths, strict=True)])
    frames = np.concatenate(heard).astype(np.float64)
    count = np.bincount(states, minlength=len(KINDS) * STATES)[:, None]
    order = np.argsort(states, kind="stable")
    there = np.flatnonzero(count[:, 0])
    first = np.concatenate([[0], np.cumsum(count[there, 0])[:-1]])
    total, squares = np.zeros((2, len(count), frames.shape[1]))
    total[there] = np.add.reduceat(frames[order], first)
    squares[there] = np.add.reduceat(frames[order] ** 2, first)
    trust = 10  # frames' worth of the average of everything
    middle = total / (count + trust)
    spread = (squares + trust) / (count + trust) - middle**2
    return middle.astype(np.float32), np.maximum(spread, FLOOR).astype(np.float32)


def _likely(heard: np.ndarray, middle: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Log-likelihood of every state at every frame, (frames, states)."""
    precise = 1 / spread
    return -0.5 * (
        heard**2 @ precise.T
        - 2 * heard @ (middle * precise).T
        + (middle**2 * precise + np.log(spread)).sum(1)
    )


@numba.njit
def _viterbi(likely: np.ndarray, free: np.ndarray) -> np.ndarray:
    """The best way (frames,) through a chain of places; places marked free may be passed over.

    Two free places never stand side by side, so a step leads one or two places on.
    """
    frames, places = likely.shape
    best = np.full(places, -np.inf, np.float32)
    best[0] = likely[0, 0]
    if free[0] and places > 1:
        best[1] = likely[0, 1]
    came = np.zeros((frames, places), np.int8)
    for frame in range(1, frames):
        for place in range(places - 1, -1, -1):  # downwards: those below are still the frame before
            score, way = best[place], 0
            if place > 0 and best[place - 1] > score:
                score, way = best[place - 1], 1
            if place > 1 and free[place - 1] and best[place - 2] > score:
                score, way = best[place - 2], 2
            best[place] = score + likely[frame, place]
            came[frame, place] = way
    place = places - 1
    if free[-1] and places > 1 and best[-2] > best[-1]:
        place = places - 2
    path = np.zeros(frames, np.int64)
    for frame in range(frames - 1, -1, -1):
        path[frame] = place
        place -= came[frame, place]
    return path


def symbols_of(sentence: list, phonemes) -> tuple[list[str], list[int]]:
    """A sentence (`models.data.reading.Word`s) -> symbols, and the word of each (-1 for silence).

    Between two words stands a gap, or the sign of a pause; silence is around everything.
    """
    symbols, owner = [SILENCE], [-1]
    for index, word in enumerate(sentence):
        following = sentence[index + 1].said if index + 1 < len(sentence) else ""
        said = phonemes(word.said, following)
        symbols += said
        owner += [index] * len(said)
        if said:
            symbols.append(word.pause or BETWEEN)
            owner.append(-1)
    return symbols, owner
