"""A story as sentences, each with latents of its own that the sentences before let expect.

The prior that is told what came before: Chung, Kastner, Dinh, Goel, Courville, Bengio, "A
Recurrent Latent Variable Model for Sequential Data", NeurIPS 2015 (arXiv 1506.02216), here from
sentence to sentence, as in Serban and others, AAAI 2017 (arXiv 1605.06069).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from models.data.vocabulary import START
from models.layers.language import Literate

from .sentences import Stories


class Seen(NamedTuple):
    """What a batch of stories comes to: every sentence's latents and what was expected of them,
    mean and log variance (n, s, latent) each; hidden vectors (n, t, embed); the latents z."""

    mean: torch.Tensor
    spread: torch.Tensor
    middle: torch.Tensor
    width: torch.Tensor
    hidden: torch.Tensor
    z: torch.Tensor


class ArVae(Literate):
    """Sentences are read one by one into `read` numbers; a GRU over them remembers the story in
    `memory` numbers and expects the next latents; an LSTM over the pieces writes on."""

    def __init__(self, config):
        super().__init__(config)
        self.latent = latent = config.latent
        memory = config.memory
        self.table = nn.Embedding(config.pieces, config.embed)
        self.reads = nn.LSTM(config.embed, config.read, batch_first=True)
        self.tells = nn.Linear(2 * config.read, config.read)
        self.remembers = nn.GRU(config.read, memory, batch_first=True)
        self.expects = nn.Sequential(
            nn.Linear(memory, memory), nn.GELU(), nn.Linear(memory, 2 * latent)
        )
        self.finds = nn.Sequential(
            nn.Linear(config.read + memory, memory), nn.GELU(), nn.Linear(memory, 2 * latent)
        )
        self.cell = nn.LSTM(config.embed + latent, config.width, batch_first=True)
        self.out = nn.Linear(config.width + latent, config.embed)
        self.bias = nn.Parameter(torch.zeros(config.pieces))
        self.drop = nn.Dropout(config.drop)
        nn.init.normal_(self.table.weight, std=config.embed**-0.5)

    def read(self, sentences: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Sentences (m, t), END behind each, with their lengths (m,) -> (m, read)"""
        hidden, _ = self.reads(self.table(sentences))
        inside = torch.arange(sentences.shape[1], device=sentences.device) < lengths[:, None]
        last = hidden[torch.arange(len(hidden)), lengths - 1]
        middle = (hidden * inside[..., None]).sum(1) / lengths[:, None]
        return F.gelu(self.tells(torch.cat([last, middle], 1)))

    def expect(self, past: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """past (..., memory) -> mean and log variance of the next latents, (..., latent) each"""
        middle, width = self.expects(past).float().chunk(2, -1)
        return middle, width.clamp(-6, 2)

    def encode(self, told: torch.Tensor, past: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """What was read (..., read), past (..., memory) -> mean, log variance of its latents"""
        mean, spread = self.finds(torch.cat([told, past], -1)).float().chunk(2, -1)
        return mean, spread.clamp(-8, 2)

    def forward(self, batch: Stories, read: torch.Tensor, noise: torch.Tensor) -> Seen:
        """`read` (n, t) may hide some of `batch.read`; noise (n, s, latent) draws the latents."""
        n, s, _ = noise.shape
        inside = torch.arange(s, device=noise.device) < batch.counts[:, None]
        found = self.read(batch.sentences, batch.lengths)
        told = found.new_zeros(n, s, found.shape[1])
        told[inside] = found
        past = F.pad(self.remembers(told[:, :-1])[0], (0, 0, 1, 0))
        mean, spread = self.encode(told, past)
        z = mean + noise * (spread / 2).exp()
        every = z.gather(1, batch.which[..., None].expand(-1, -1, z.shape[2]))
        hidden, _ = self.writes(read, every, None)
        return Seen(mean, spread, *self.expect(past), hidden, z)

    def writes(self, read: torch.Tensor, z: torch.Tensor, state):
        """Pieces (n, t), the latents of what follows each (n, t, latent) -> hidden vectors (n, t,
        embed) and the state after the last piece"""
        hidden, state = self.cell(torch.cat([self.drop(self.table(read)), z], 2), state)
        return self.drop(self.out(torch.cat([hidden, z], 2))), state

    def scores(self, hidden: torch.Tensor) -> torch.Tensor:
        """(..., embed) -> (..., pieces) unnormalised log chances"""
        return F.linear(hidden, self.table.weight, self.bias)

    def begin(self, z: torch.Tensor, state=None):
        """Latents (1, latent) of a sentence -> scores for its first piece, and the state"""
        return self.step(torch.tensor([START]), z, state)

    def step(self, numbers: torch.Tensor, z: torch.Tensor, state):
        """The pieces just written (1,) -> scores for the next (1, pieces), and the state"""
        hidden, state = self.writes(numbers.to(z.device)[:, None], z[:, None], state)
        return self.scores(hidden[:, -1]), state
