"""An encoder that reads a text into latents, and a decoder that writes one from them."""

from __future__ import annotations

from collections.abc import Sequence

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

    def scores(self, hidden: torch.Tensor) -> torch.Tensor:
        """(..., embed) -> (..., pieces) unnormalised log chances"""
        return F.linear(hidden, self.table.weight, self.bias)

    def read(self, texts: Sequence[str]) -> torch.Tensor:
        """Texts -> the means of their latents (n, latent); an empty text is read as such."""
        numbers, lengths = padded([self.vocabulary.encode(text) for text in texts])
        return self.encode(numbers.to(self.bias.device), lengths.to(self.bias.device))[0]
