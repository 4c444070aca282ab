"""Frames and phonemes: what the hidden Markov model finds in clips whose truth is known."""

from __future__ import annotations

import numpy as np

from models.data.aligning import align, symbols_of
from models.data.phonemes import phonemes
from models.data.reading import sentences


def test_made_up_clips_are_cut_where_they_were_joined() -> None:
    drawn = np.random.RandomState(0)
    names = ["AA1", "S", "IY0", "M", "T", "UW1"]
    faces = {n: drawn.randn(24) * 1.5 for n in names}
    faces[" "] = faces["_"] = faces["."] = np.full(24, -4.0)
    spoken, mels, truth = [], [], []
    for _ in range(40):
        symbols = ["_", *drawn.choice(names, 3), " ", *drawn.choice(names, 3), "."]
        long = [4, *drawn.randint(3, 12, 3), drawn.choice([0, 6]), *drawn.randint(3, 12, 3), 5]
        rows = np.concatenate(
            [np.repeat(faces[s][None], n, 0) for s, n in zip(symbols, long, strict=True)]
        )
        spoken.append(symbols)
        mels.append((rows + 0.3 * drawn.randn(*rows.shape)).astype(np.float32))
        truth.append(long)
    found = align(spoken, mels)
    for lengths, mel in zip(found, mels, strict=True):
        assert lengths.sum() == len(mel)
    off = np.mean(
        [np.abs(np.cumsum(f) - np.cumsum(t)).mean() for f, t in zip(found, truth, strict=True)]
    )
    assert off < 1.0, "the joints are found to a frame"


def test_symbols_stand_between_silence_and_pauses() -> None:
    symbols, owner = symbols_of(sentences("Oh no, a cat!")[0], phonemes)
    assert "".join(symbols) == "_OW1 NOW1,AH0 KAE1T!"
    assert len(symbols) == len(owner) and max(owner) == 3
    assert all((o < 0) == (s in "_ ,.!?") for s, o in zip(symbols, owner, strict=True))
