"""What networks that read and write text share: the vocabulary inside the weights, and choosing.

A network's vocabulary is a buffer of bytes: weights and vocabulary are one file with one hash, so
that a request's revision covers both.
"""

from __future__ import annotations

from functools import cached_property

import torch
from torch import nn

from models.data.vocabulary import FIRST, Vocabulary


def placeholder(pieces: int) -> Vocabulary:
    """Made-up pieces, for a network that was not given a data set's vocabulary yet."""
    return Vocabulary([f" {chr(97 + i % 26)}{i // 26 or ''}" for i in range(pieces - FIRST)])


class Literate(nn.Module):
    """A network with a vocabulary. `config.pieces` and `config.letters` are its sizes.

    `letters` is the number of bytes that `Vocabulary.stored` takes.
    """

    def __init__(self, config):
        super().__init__()
        data = placeholder(config.pieces).stored()[: config.letters].ljust(config.letters, b"\x1f")
        self.register_buffer("spelling", torch.frombuffer(bytearray(data), dtype=torch.uint8))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Read once, at the first use after the weights were loaded."""
        return Vocabulary.restored(bytes(self.spelling.tolist()))

    def learn_spelling(self, vocabulary: Vocabulary) -> None:
        """Write a data set's vocabulary into the buffer."""
        data = bytearray(vocabulary.stored())
        self.spelling.copy_(torch.frombuffer(data, dtype=torch.uint8))


def padded(texts: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Lists of numbers -> (n, longest) int64 filled up with END, and their lengths (n,)"""
    lengths = torch.tensor([len(t) for t in texts])
    filled = torch.zeros(len(texts), max(1, int(lengths.max())), dtype=torch.int64)
    for i, text in enumerate(texts):
        filled[i, : len(text)] = torch.tensor(text, dtype=torch.int64)
    return filled, lengths
