"""An encoder that reads a text into latents, and a decoder that writes one from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.language import Literate, padded


class TextVae(Literate):
    """Latents (n, latent) around standard normal, and a text.

    Posterior collapse is fought by normalising the means of a batch to a fixed spread (Zhu, Bi,
    Liu, Ma, Li, Wu, ACL 2020, arXiv 2004.12585): the divergence cannot fall to nothing. `sizes`
    are the numbers of options of each condition, in the order of `config.conditions`.
    """

    def __init__(self, config):
        super().__init__(config)
        self.latent, self.sizes = config.latent, tuple(len(names) for names in config.names)
        told = config.latent + sum(self.sizes)
        self.table = nn.Embedding(config.pieces, config.embed)
        self.reads = nn.GRU(config.embed, config.width, batch_first=True)
        self.mean = nn.Linear(2 * config.width, config.latent)
        self.spread = nn.Linear(2 * config.width, config.latent)
        self.norm = nn.BatchNorm1d(config.latent, affine=False)
        self.gamma = config.gamma
        self.begins = nn.Linear(told, config.width)
        self.cell = nn.GRU(config.embed + told, config.width, batch_first=True)
        self.out = nn.Linear(config.width + told, config.embed)
        self.bias = nn.Parameter(torch.zeros(config.pieces))
        self.register_buffer("directions", torch.zeros(len(config.themes), config.latent))
        nn.init.normal_(self.table.weight, std=config.embed**-0.5)

    def encode(self, numbers: torch.Tensor, lengths: torch.Tensor):
        """Texts (n, t) with their lengths (n,) -> mean and log variance of the latents"""
        hidden, _ = self.reads(self.table(numbers))
        inside = torch.arange(numbers.shape[1], device=numbers.device) < lengths[:, None]
        last = hidden[torch.arange(len(hidden)), (lengths - 1).clamp(min=0)]
        middle = (hidden * inside[..., None]).sum(1) / lengths.clamp(min=1)[:, None]
        features = torch.cat([last, middle], 1)
        return self.gamma * self.norm(self.mean(features)), self.spread(features)

    def hot(self, labels: torch.Tensor) -> torch.Tensor:
        """Labels (n, conditions) -> a one at each chosen option, (n, sum of sizes) float"""
        parts = [F.one_hot(labels[:, i], size) for i, size in enumerate(self.sizes)]
        return torch.cat(parts, 1).float()

    def told(self, z: torch.Tensor, labels: torch.Tensor | None) -> torch.Tensor:
        """z (n, latent) and labels (n, conditions), or a blend of what `hot` gives -> (n, told)"""
        if not self.sizes:
            return z
        hot = labels if labels.is_floating_point() else self.hot(labels)
        return torch.cat([z, hot.to(z)], 1)

    def forward(self, numbers: torch.Tensor, told: torch.Tensor, state=None):
        """What is read (n, t) and told (n, told) -> hidden vectors (n, t, embed) and the state"""
        every = told[:, None].expand(-1, numbers.shape[1], -1)
        state = torch.tanh(self.begins(told))[None] if state is None else state
        hidden, state = self.cell(torch.cat([self.table(numbers), every], 2), state)
        return self.out(torch.cat([hidden, every], 2)), state

    def together(self, told: torch.Tensor) -> tuple[torch.Tensor, Callable]:
        """Texts that are each told all of `told` (copies, told): their first state (copies, width)
        and a function for one more piece of each, pieces (n,) and state (n, copies, width) ->
        the mean of the copies' hidden vectors (n, embed) and the state.

        The sums of `forward` in another order: gates and output are linear in what is told, in the
        piece and in the state, so that the first are worked out once, a piece once for all copies,
        and the output once for their mean. It halves the time of a small step."""
        piece, said = self.cell.weight_ih_l0.split([self.table.embedding_dim, told.shape[1]], 1)
        gates = F.linear(told, said, self.cell.bias_ih_l0)
        mean, width = told.mean(0), self.cell.hidden_size

        def onward(numbers: torch.Tensor, state: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            new = F.linear(self.table(numbers), piece)[:, None] + gates
            old = F.linear(state, self.cell.weight_hh_l0, self.cell.bias_hh_l0)
            both = torch.sigmoid(new[..., : 2 * width] + old[..., : 2 * width])
            reset, keep = both.chunk(2, -1)
            fresh = torch.tanh(torch.addcmul(new[..., 2 * width :], reset, old[..., 2 * width :]))
            state = torch.lerp(fresh, state, keep)
            hidden = torch.cat([state.mean(1), mean.expand(len(state), -1)], 1)
            return self.out(hidden), state

        return torch.tanh(self.begins(told)), onward

    def scores(self, hidden: torch.Tensor) -> torch.Tensor:
        """(..., embed) -> (..., pieces) unnormalised log chances"""
        return F.linear(hidden, self.table.weight, self.bias)

    def read(self, texts: Sequence[str]) -> torch.Tensor:
        """Texts -> the means of their latents (n, latent); an empty text is read as such."""
        numbers, lengths = padded([self.vocabulary.encode(text) for text in texts])
        return self.encode(numbers.to(self.bias.device), lengths.to(self.bias.device))[0]
