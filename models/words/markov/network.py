"""Counts of pieces after one and two pieces, mixed by how much each has seen."""

from __future__ import annotations

import torch

from models.data.vocabulary import START
from models.layers.language import Literate


class Markov(Literate):
    """Chances by Witten and Bell: a context that was followed by many different pieces trusts the
    shorter context more. Contexts are stored in order, each with the pieces that followed."""

    def __init__(self, config):
        super().__init__(config)
        self.pieces = config.pieces
        self.register_buffer("single", 1.0 + torch.arange(config.pieces))  # until it is fitted
        for name, rows in (("pair", config.pairs), ("triple", config.triples)):
            self.register_buffer(f"{name}_before", torch.zeros(rows, dtype=torch.int32))
            self.register_buffer(f"{name}_piece", torch.zeros(rows, dtype=torch.int16))
            self.register_buffer(f"{name}_count", torch.zeros(rows, dtype=torch.int32))

    def forward(self, numbers: torch.Tensor, state=None):
        """(n, t) -> contexts (n, t, 2): the two pieces before what is guessed; and the last one"""
        before = torch.full_like(numbers[:, :1], START) if state is None else state[:, None]
        first = torch.cat([before, numbers[:, :-1]], 1)
        return torch.stack([first, numbers], 2), numbers[:, -1]

    def scores(self, contexts: torch.Tensor) -> torch.Tensor:
        """(n, 2) the two pieces before -> (n, pieces) log chances"""
        base = self.single / self.single.sum()
        return torch.stack([self._row(a, b, base) for a, b in contexts.tolist()]).log()

    def _row(self, a: int, b: int, base: torch.Tensor) -> torch.Tensor:
        chances = self._mixed("pair", b, base)
        return self._mixed("triple", a * self.pieces + b, chances)

    def _mixed(self, name: str, context: int, shorter: torch.Tensor) -> torch.Tensor:
        before = getattr(self, f"{name}_before")
        ends = torch.tensor([context, context + 1], dtype=before.dtype, device=before.device)
        start, end = torch.searchsorted(before, ends).tolist()
        if start == end:
            return shorter
        counts = getattr(self, f"{name}_count")[start:end].float()
        seen, kinds = counts.sum(), end - start
        mixed = shorter * (kinds / (seen + kinds))
        pieces = getattr(self, f"{name}_piece")[start:end].long()
        return mixed.index_add(0, pieces, counts / (seen + kinds))

    def fit(self, counts: dict[str, tuple[torch.Tensor, ...]], single: torch.Tensor) -> None:
        """Take the counted (context, piece, count) of pairs and triples, sorted by context."""
        self.single.copy_(single)
        for name, columns in counts.items():
            for part, column in zip(("before", "piece", "count"), columns, strict=True):
                getattr(self, f"{name}_{part}").copy_(column)

    def begin(self, count: int):
        """Scores for the first piece of `count` texts, and the piece before the last."""
        return self.step(torch.full((count,), START), None)

    def step(self, numbers: torch.Tensor, state):
        """The pieces just written (n,) -> scores for the next (n, pieces) and the state"""
        contexts, state = self(numbers[:, None], state)
        return self.scores(contexts[:, -1]), state
