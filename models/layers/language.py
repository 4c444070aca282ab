"""What networks that read and write text share: the vocabulary inside the weights, and choosing.

A network's vocabulary is a buffer of bytes: weights and vocabulary are one file with one hash, so
that a request's revision covers both.
"""

from __future__ import annotations

from functools import cached_property

import torch
from torch import nn

from models.data.lexicon import unpacked
from models.data.vocabulary import FIRST, Vocabulary
from models.layers.known_words import Lexicon


def placeholder(pieces: int) -> Vocabulary:
    """Made-up pieces, for a network that was not given a data set's vocabulary yet."""
    return Vocabulary([f" {chr(97 + i % 26)}{i // 26 or ''}" for i in range(pieces - FIRST)])


class Literate(nn.Module):
    """A network with a vocabulary. `config.pieces` and `config.letters` are its sizes.

    `letters` is the number of bytes that `Vocabulary.stored` takes; `config.lexicon`, where a
    family has it, that of the known words, 0 for none.
    """

    def __init__(self, config):
        super().__init__()
        data = placeholder(config.pieces).stored()[: config.letters].ljust(config.letters, b"\x1f")
        self.register_buffer("spelling", torch.frombuffer(bytearray(data), dtype=torch.uint8))
        if size := getattr(config, "lexicon", 0):
            self.register_buffer("lexicon", torch.zeros(size, dtype=torch.uint8))

    def _load_from_state_dict(self, state_dict, prefix, *rest) -> None:
        """A state from before there were lexicons leaves the one that was learned."""
        if hasattr(self, "lexicon"):
            state_dict.setdefault(prefix + "lexicon", self.lexicon)
        super()._load_from_state_dict(state_dict, prefix, *rest)

    @cached_property
    def known(self) -> Lexicon | None:
        """The known words, read once; None where the network has none."""
        if not hasattr(self, "lexicon"):
            return None
        return Lexicon(self.vocabulary, unpacked(bytes(self.lexicon.tolist())))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Read once, at the first use after the weights were loaded."""
        return Vocabulary.restored(bytes(self.spelling.tolist()))

    def learn_spelling(self, vocabulary: Vocabulary, words: bytes = b"") -> None:
        """Write a data set's vocabulary, and its known words (`packed`), into the buffers."""
        data = bytearray(vocabulary.stored())
        self.spelling.copy_(torch.frombuffer(data, dtype=torch.uint8))
        if words:
            self.lexicon.copy_(torch.frombuffer(bytearray(words), dtype=torch.uint8))


def padded(texts: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Lists of numbers -> (n, longest) int64 filled up with END, and their lengths (n,)"""
    lengths = torch.tensor([len(t) for t in texts])
    filled = torch.zeros(len(texts), max(1, int(lengths.max())), dtype=torch.int64)
    for i, text in enumerate(texts):
        filled[i, : len(text)] = torch.tensor(text, dtype=torch.int64)
    return filled, lengths
