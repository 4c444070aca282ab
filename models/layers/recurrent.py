"""A recurrent language model: one word after the other, with what came before in its state.

GRU: Cho and others, EMNLP 2014 (arXiv 1406.1078). LSTM: Hochreiter and Schmidhuber, 1997. Input
and output share one table of pieces: Press and Wolf, EACL 2017 (arXiv 1608.05859).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.data.vocabulary import START
from models.layers.language import Literate


class Recurrent(Literate):
    """(n, t) numbers of pieces -> (n, t, pieces) scores for the piece that follows each."""

    def __init__(self, config, cell: str):
        super().__init__(config)
        kind = {"gru": nn.GRU, "lstm": nn.LSTM}[cell]
        self.table = nn.Embedding(config.pieces, config.embed)
        self.cell = kind(config.embed, config.width, config.layers, batch_first=True)
        self.out = nn.Linear(config.width, config.embed)
        self.bias = nn.Parameter(torch.zeros(config.pieces))
        self.drop = nn.Dropout(config.drop)
        nn.init.normal_(self.table.weight, std=config.embed**-0.5)

    def forward(self, numbers: torch.Tensor, state=None) -> tuple[torch.Tensor, object]:
        """(n, t) -> hidden vectors (n, t, embed) and the state after the last piece"""
        hidden, state = self.cell(self.drop(self.table(numbers)), state)
        return self.drop(self.out(hidden)), state

    def scores(self, hidden: torch.Tensor) -> torch.Tensor:
        """(..., embed) -> (..., pieces) unnormalised log chances"""
        return F.linear(hidden, self.table.weight, self.bias)

    def begin(self, count: int) -> tuple[torch.Tensor, object]:
        """Scores for the first piece of `count` texts, and the state."""
        hidden, state = self(torch.full((count, 1), START))
        return self.scores(hidden[:, -1]), state

    def step(self, numbers: torch.Tensor, state) -> tuple[torch.Tensor, object]:
        """The pieces just written (n,) -> scores for the next (n, pieces) and the state"""
        hidden, state = self(numbers[:, None], state)
        return self.scores(hidden[:, -1]), state
