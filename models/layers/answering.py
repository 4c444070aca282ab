"""One text answers another: a translation, a reply. An encoder, attention, and a latent that
chooses among the answers that would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from models.data.vocabulary import START
from models.family import Asked
from models.layers.language import Literate, padded
from models.layers.writing import write, written
from models.values import Token


class Heard(NamedTuple):
    """A text as the decoder looks at it: `values` and `keys` (n, s, width) at every piece, `real`
    (n, s) where there is one, `gist` (n, 2 * half) of all of it."""

    values: torch.Tensor
    keys: torch.Tensor
    real: torch.Tensor
    gist: torch.Tensor


class Answering(Literate):
    """Numbers of what was heard (n, s) and a latent (n, latent), 0 for the usual answer -> a text.

    Attention: Bahdanau, Cho, Bengio, ICLR 2015 (arXiv 1409.0473), by products of queries and keys.
    The latent: Zhang and others, "Variational Neural Machine Translation", EMNLP 2016
    (arXiv 1605.07869); its means are normalised as in BN-VAE, so that it cannot be left unused.
    """

    def __init__(self, config):
        super().__init__(config)
        half, width, embed = config.half, config.width, config.embed
        self.gamma = config.gamma
        self.table = nn.Embedding(config.pieces, embed)
        self.onwards = nn.GRU(embed, half, batch_first=True)
        self.backwards = nn.GRU(embed, half, batch_first=True)
        self.keys = nn.Linear(2 * half, width)
        self.mean = nn.Linear(4 * half, config.latent)
        self.spread = nn.Linear(4 * half, config.latent)
        self.norm = nn.BatchNorm1d(config.latent, affine=False)
        self.begins = nn.Linear(2 * half + config.latent, width)
        self.cell = nn.GRU(embed + config.latent, width, batch_first=True)
        # What was looked at is remembered in a second cell, so that no word is said twice.
        self.second = nn.GRU(width + 2 * half, width, batch_first=True)
        self.out = nn.Linear(width, embed)
        self.bias = nn.Parameter(torch.zeros(config.pieces))
        self.drop = nn.Dropout(config.drop)
        nn.init.normal_(self.table.weight, std=embed**-0.5)

    def hear(self, numbers: torch.Tensor, lengths: torch.Tensor) -> Heard:
        """Numbers (n, s) of texts with their lengths (n,), at least 1 each."""
        at = torch.arange(numbers.shape[1], device=numbers.device)
        real = at < lengths[:, None]
        # Read backwards from each text's own end: what fills up the row stays behind it.
        turned = torch.where(real, lengths[:, None] - 1 - at, at)
        inputs = self.drop(self.table(numbers))
        forth, _ = self.onwards(inputs)
        back, _ = self.backwards(_taken(inputs, turned))
        values = torch.cat([forth, _taken(back, turned)], 2)
        gist = (values * real[..., None]).sum(1) / lengths[:, None]
        return Heard(values, self.keys(values), real, gist)

    def posterior(self, heard: Heard, answer: Heard) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and log variance (n, latent) of the latent that this answer to that text had."""
        features = torch.cat([heard.gist, answer.gist], 1)
        return self.gamma * self.norm(self.mean(features)), self.spread(features)

    def forward(self, numbers: torch.Tensor, heard: Heard, z: torch.Tensor, state=None):
        """What is read (n, t) -> hidden vectors (n, t, embed) and the state of both cells"""
        first, second = state or (self.begins(torch.cat([heard.gist, z], 1)).tanh()[None], None)
        every = z[:, None].expand(-1, numbers.shape[1], -1)
        hidden, first = self.cell(torch.cat([self.drop(self.table(numbers)), every], 2), first)
        weights = hidden @ heard.keys.transpose(1, 2) / hidden.shape[2] ** 0.5
        seen = weights.masked_fill(~heard.real[:, None], -1e9).softmax(2) @ heard.values
        hidden, second = self.second(torch.cat([hidden, seen], 2), second)
        return self.drop(self.out(hidden)), (first, second)

    def scores(self, hidden: torch.Tensor) -> torch.Tensor:
        """(..., embed) -> (..., pieces) unnormalised log chances"""
        return F.linear(hidden, self.table.weight, self.bias)

    def listen(self, text: str) -> Heard:
        """One text as a person types it; an empty one is a lone end."""
        device = self.bias.device
        numbers, lengths = padded([self.vocabulary.encode(text)])
        return self.hear(numbers.to(device), lengths.clamp(min=1).to(device))


def _taken(values: torch.Tensor, order: torch.Tensor) -> torch.Tensor:
    """(n, t, c) in the order (n, t) that is told for each row"""
    return values.gather(1, order[..., None].expand(-1, -1, values.shape[2]))


def answers(
    network: Answering, asked: Sequence[Asked], noise: torch.Tensor
) -> Iterator[tuple[float, Any]]:
    """Steps of (fraction, [Text]) for one request; several are only told at the end."""

    def steps(one: Asked, row: int) -> Iterator[list[Token]]:
        heard = network.listen(" ".join(one.controls["heard"].lower().split()))
        z = noise[row : row + 1] * one.controls["stray"]

        def step(numbers, state):
            hidden, state = network(numbers[:, None].to(z.device), heard, z, state)
            return network.scores(hidden[:, -1]), state

        return write(
            lambda: step(torch.tensor([START]), None), step, network.vocabulary, one.seed,
            one.controls, int(one.controls["length"]), one.controls["opening"],
        )  # fmt: skip

    return written(asked, steps)
