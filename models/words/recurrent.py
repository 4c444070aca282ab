"""What the GRU and the LSTM declare alike: they differ in their cell and in its width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.words.writer import Writer


@dataclass(frozen=True)
class Config:
    pieces: int = 2000  # 3000 shortened texts by 4 % and cost a third more
    letters: int = 0  # bytes of the vocabulary, set by the data
    lexicon: int = 0  # bytes of the known words, set by the data
    embed: int = 96  # narrow, since the softmax over all pieces is half of the work
    width: int = 256
    layers: int = 1
    drop: float = 0.1
    most: int = 400
    usual: int = 120


class Recurrent(Writer):
    """A family whose network is one recurrent cell between two uses of one table of pieces."""

    row = "W7"
    Config = Config
    cell: ClassVar[str]

    def tiny(self):
        return self.Config(pieces=40, letters=150, embed=12, width=16, most=24, usual=12)

    def build(self, config):
        from models.layers.recurrent import Recurrent as Network

        return Network(config, self.cell).eval()
