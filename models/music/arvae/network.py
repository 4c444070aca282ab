"""Latents of two bars, one after another: the melody VAE with an autoregressive prior.

The decoder over bars of Roberts et al., ICML 2018 (arXiv 1803.05428), turned round: there one
latent is unfolded into bars, here every two bars have a latent that is drawn from those before. A
mixture (Bishop 1994; Graves 2013, arXiv 1308.0850) says what may come; some of its members begin at
the latent one, two, four or eight places ago, since tunes come back.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

from models.music.melodyvae.network import MelodyVae

LAGS = (1, 2, 4, 8)  # pairs of bars: how far back a tune comes back
LEAST = 1e-2
LOUDEST = 4.0  # sigmas: latents that lie further out are pulled in


class ArVae(nn.Module):
    """A frozen melody VAE (`vae`), and what its latents say about the next one.

    `back` (latent, latent) turns latents into standard normal numbers, `vae.root` turns them back.
    """

    def __init__(self, config, directions: int):
        super().__init__()
        self.vae = MelodyVae(config, directions).requires_grad_(False)
        self.members, latent = len(LAGS) + config.free, config.latent
        self.drop = config.drop
        self.remembers = nn.GRU(latent * (1 + len(LAGS)), config.memory, batch_first=True)
        self.inner = nn.Linear(config.memory, config.memory)
        self.says = nn.Linear(config.memory, self.members * (2 * latent + 1))
        self.first = nn.Parameter(torch.zeros(latent))
        self.register_buffer("back", torch.eye(latent))

    def forward(self, past: torch.Tensor):
        """past (n, t, latent) standard normal -> for each place what may stand there, told those
        before it: log shares (n, t, members), middles and log spreads (n, t, members, latent)"""
        lagged = self.lagged(past)
        return self.members_of(self.remembers(lagged.flatten(2))[0], lagged[:, :, 1:])

    def lagged(self, past: torch.Tensor) -> torch.Tensor:
        """(n, t, latent) -> (n, t, 1 + lags, latent): the beginning's mark or the one before, then
        those at each lag"""
        n, t, _ = past.shape
        start = self.first.expand(n, 1, -1)
        before = torch.cat([start, past[:, :-1]], 1)
        lags = [F.pad(past, (0, 0, lag, 0))[:, :t] for lag in LAGS]
        return torch.stack([before, *lags], 2)

    def members_of(self, state: torch.Tensor, lags: torch.Tensor):
        """state (..., memory), lags (..., LAGS, latent) -> log shares, middles, log spreads"""
        state = F.dropout(F.gelu(self.inner(state)), self.drop, self.training)
        told = self.says(state).unflatten(-1, (self.members, -1))
        share, middle, spread = told.split([1, lags.shape[-1], lags.shape[-1]], -1)
        middle = torch.cat([middle[..., : len(LAGS), :] + lags, middle[..., len(LAGS) :, :]], -2)
        return share.squeeze(-1).log_softmax(-1), middle, spread.clamp(-5, 1.5)

    def nats(self, latents: torch.Tensor) -> torch.Tensor:
        """latents (n, t, latent) standard normal -> nats of each, (n, t)"""
        share, middle, spread = self(latents)
        off = (latents[:, :, None] - middle) * (-spread).exp()
        inner = -0.5 * off.square() - spread - 0.5 * math.log(2 * math.pi)
        return -torch.logsumexp(share + inner.sum(-1), -1)

    def loss(self, batch, recipe, step: float) -> dict[str, torch.Tensor]:
        """batch: latents (n, t, latent) standard normal, counts (n, t), 0 behind the tune's end."""
        latents, counts = batch
        told = (self.nats(latents) * counts).sum() / counts.sum() / latents.shape[-1]
        return {"loss": told}

    def standard(self, latents: torch.Tensor) -> torch.Tensor:
        """Latents as the VAE has them -> standard normal numbers"""
        return standard(self.vae, self.back, latents)

    @torch.inference_mode()
    def go_on(self, given: torch.Tensor, noise: torch.Tensor, chance: torch.Tensor, spread: float):
        """given (k, latent) standard normal, noise (t, latent), chance (t,) -> (t, latent)

        The first `k` are those given. Members are chosen by `chance`, `spread` scales the noise.
        """
        made = list(given)
        state, blank = None, torch.zeros_like(noise[0])
        for i in range(len(noise)):
            lags = torch.stack([made[i - lag] if i >= lag else blank for lag in LAGS])
            before = (made[i - 1] if i else self.first)[None]
            row = torch.cat([before, lags]).flatten()[None, None]
            out, state = self.remembers(row, state)
            if i < len(given):
                continue
            share, middle, width = self.members_of(out[0, 0], lags)
            heard = share.double().exp().cpu().cumsum(0)
            which = int((heard < float(chance[i]) * float(heard[-1]) * (1 - 1e-6)).sum())
            made.append(middle[which] + noise[i] * width[which].exp() * spread)
        return torch.stack(made[: len(noise)])


def standard(vae: MelodyVae, back: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
    """Latents (..., latent) -> numbers that are spread as a standard normal's"""
    return ((latents - vae.middle) @ back).clamp(-LOUDEST, LOUDEST)


def inverse(root: torch.Tensor) -> torch.Tensor:
    """Of a symmetric root; directions in which latents hardly move stay small."""
    values, vectors = torch.linalg.eigh(root)
    return (vectors / values.clamp(min=LEAST)) @ vectors.T
