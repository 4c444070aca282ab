"""Two sets of weights of one language model, blended by a number, and the critic between them."""

from __future__ import annotations

import copy

import torch
import torch.nn.functional as F
from torch import nn

from models.data.vocabulary import END, START, UNKNOWN
from models.layers.recurrent import Recurrent

SPANS = (2, 3, 4, 5)  # how many words a filter of the critic sees


class Blend(Recurrent):
    """The language model after the critic; `before` is what it began as."""

    def __init__(self, config):
        super().__init__(config, "gru")
        self.before = Recurrent(config, "gru")
        self.kept: list[tuple[float, Recurrent]] = []  # the last blend

    def learn_spelling(self, vocabulary) -> None:
        super().learn_spelling(vocabulary)
        self.before.learn_spelling(vocabulary)

    def between(self, share: float) -> Recurrent:
        """A network with weights between `before` (0) and after (1)."""
        if share in (0.0, 1.0):
            return self if share else self.before
        if not self.kept or self.kept[0][0] != share:
            ours = dict(self.named_parameters())
            mixed = copy.deepcopy(self.before)
            with torch.no_grad():
                for name, weight in mixed.named_parameters():
                    weight.lerp_(ours[name], share)
            self.kept = [(share, mixed)]
        return self.kept[0][1]


class Critic(nn.Module):
    """Texts as numbers (n, t), END after them -> log odds (n,) that people wrote them.

    Filters over neighbouring words: Kim, EMNLP 2014 (arXiv 1408.5882).
    """

    def __init__(self, pieces: int, embed: int = 64, filters: int = 64):
        super().__init__()
        self.table = nn.Embedding(pieces, embed)
        self.filters = nn.ModuleList(nn.Conv1d(embed, filters, span) for span in SPANS)
        self.drop = nn.Dropout(0.3)
        self.out = nn.Linear(filters * len(SPANS), 1)
        self.register_buffer("rounds", torch.zeros((), dtype=torch.int64))

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        """(n, t) -> (n,)"""
        numbers = F.pad(numbers, (0, max(1, SPANS[-1] - numbers.shape[1])), value=END)
        x = self.drop(self.table(numbers)).transpose(1, 2)
        seen = [F.leaky_relu(read(x), 0.2).amax(2) for read in self.filters]
        return self.out(self.drop(torch.cat(seen, 1)))[:, 0]


@torch.no_grad()
def drawn(network, count: int, longest: int, temperature: float = 1.0, seeded=None):
    """Many texts at once: numbers (count, t) with END after each; all are drawn together."""
    scores, state = network.begin(count)
    over = torch.zeros(count, dtype=torch.bool, device=scores.device)
    places = []
    for _ in range(longest):
        scores[:, [START, UNKNOWN]] = -1e9
        chances = (scores / temperature).softmax(1)
        piece = torch.multinomial(chances, 1, generator=seeded)[:, 0]
        piece = torch.where(over, END, piece)
        places.append(piece)
        over |= piece == END
        if over.all():
            break
        scores, state = network.step(piece, state)
    return torch.stack(places, 1)
