"""A generator that wishes for itself: what a conditional one is told becomes part of its noise."""

from __future__ import annotations

import torch
from torch import nn

from models.family import Card
from models.registry import cards
from models.weights import load_network

from .lessons import CONDITIONS, BandLessons

LOOKED_AT = 4096


class Chance(nn.Module):
    """noise (n, latent_size) -> what phrases made of it are wished to be, (n, conditions), spread
    as real phrases are: the last numbers of the shared noise decide it."""

    def __init__(self, lessons: BandLessons, config):
        super().__init__()
        wishes = lessons.some(LOOKED_AT)[1]
        self.first = config.shared - len(CONDITIONS)
        self.register_buffer("middle", wishes.mean(0))
        self.register_buffer("root", torch.linalg.cholesky(wishes.T.cov()))

    def forward(self, noise: torch.Tensor) -> torch.Tensor:
        own = noise[:, self.first : self.first + len(CONDITIONS)]
        return self.middle + own @ self.root.T

    @torch.no_grad()
    def begin(self, network, like: str) -> Card:
        """Make `network` what the published model `like` is when it draws its own wishes; that
        model's card."""
        card = cards().get(like)
        if card is None:
            raise FileNotFoundError(f"There is no published {like} to begin with.")
        known = load_network(card)
        if known.config.shared != self.first or known.config.conditions != CONDITIONS:
            raise ValueError(f"{like} is no generator whose wishes fit into this one's noise.")
        state = known.state_dict()
        shared, by_bar, told = state["enter.weight"].split(
            [known.config.shared, known.config.shared_bar, len(CONDITIONS)], 1
        )
        root, middle = self.root.cpu(), self.middle.cpu()
        state["enter.weight"] = torch.cat([shared, told @ root, by_bar], 1)
        state["enter.bias"] = state["enter.bias"] + told @ middle
        network.load_state_dict(state)
        return card
