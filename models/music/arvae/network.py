"""A variational autoencoder of tunes whose decoder goes from bar to bar.

The decoder over bars of Roberts et al., ICML 2018 (arXiv 1803.05428), with a latent for every bar
whose prior is told the bars before: Chung, Kastner, Dinh, Goel, Courville, Bengio, "A Recurrent
Latent Variable Model for Sequential Data", NeurIPS 2015 (arXiv 1506.02216). Since tunes come back,
a bar's decoder also hears what stood at the same step one, two, four and eight bars ago.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.autoencoder import divergence
from models.layers.bar_vae import CONTEXT, choose, step_by_step
from models.layers.events import EVENTS, REST

EMBED = 48
ECHO = 16  # numbers that an event of an earlier bar is told by
LAGS = (1, 2, 4, 8)  # bars: how far back a tune comes back


class ArVae(nn.Module):
    """Tunes (n, bars, steps) of events (models.layers.events), bar after bar.

    `directions` (count, latent) are moves of a bar's latents towards more of what the family names.
    """

    def __init__(self, config, directions: int):
        super().__init__()
        base, memory, self.steps = config.base, config.memory, config.steps
        self.latent = config.latent
        self.table = nn.Embedding(EVENTS, EMBED)
        self.where = nn.Parameter(torch.randn(self.steps, EMBED) * 0.1)
        self.reads = nn.ModuleList(
            (nn.Conv1d(EMBED, base, 3, 1, 1), nn.Conv1d(base, base, 4, 2, 1))
        )
        self.tells = nn.Linear(base * self.steps // 2, config.read)
        self.remembers = nn.GRU(config.read, memory, batch_first=True)
        self.expects = nn.Sequential(
            nn.Linear(memory, memory), nn.GELU(), nn.Linear(memory, 2 * config.latent)
        )
        self.finds = nn.Sequential(
            nn.Linear(config.read + memory, memory), nn.GELU(), nn.Linear(memory, 2 * config.latent)
        )
        self.unfold = nn.Linear(config.latent + memory, base * self.steps // 2)
        self.writes = nn.ConvTranspose1d(base, CONTEXT, 4, 2, 1)
        self.echo = nn.Linear(EMBED, ECHO)
        self.goes_on = nn.GRU(CONTEXT + len(LAGS) * ECHO + EMBED, config.width, batch_first=True)
        self.says = nn.Linear(config.width, EVENTS)
        self.register_buffer("directions", torch.eye(directions, config.latent))

    def embed(self, events: torch.Tensor) -> torch.Tensor:
        """events (..., ) -> (..., EMBED)"""
        return self.table(events)

    def read(self, bars: torch.Tensor) -> torch.Tensor:
        """bars (n, bars, steps) -> what each is remembered by, (n, bars, read)"""
        x = (self.embed(bars) + self.where).flatten(0, 1).transpose(1, 2)
        for read in self.reads:
            x = F.gelu(read(x))
        return F.gelu(self.tells(x.flatten(1))).unflatten(0, bars.shape[:2])

    def past(self, told: torch.Tensor) -> torch.Tensor:
        """told (n, bars, read) -> what is remembered before each bar, (n, bars, memory)"""
        return F.pad(self.remembers(told[:, :-1])[0], (0, 0, 1, 0))

    def prior(self, past: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """past (..., memory) -> mean and log variance of a bar's latents, (..., latent) each"""
        mean, spread = self.expects(past).chunk(2, -1)
        return mean, spread.clamp(-6, 2)

    def encode(self, told: torch.Tensor, past: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The same of a bar that is known, `told` (..., read)"""
        mean, spread = self.finds(torch.cat([told, past], -1)).chunk(2, -1)
        return mean, spread.clamp(-10, 2)

    def echoes(self, bars: torch.Tensor, count: int, drop: float = 0.0) -> torch.Tensor:
        """bars (n, k, steps) -> what stood at the same step of the bars LAGS before each of the
        last `count`, (n, count, steps, LAGS * ECHO).

        `drop` of the bars are not heard.
        """
        heard = self.echo(self.embed(bars))
        first = bars.shape[1] - count
        found = [F.pad(heard, (0, 0, 0, 0, lag, 0))[:, first : first + count] for lag in LAGS]
        found = torch.stack(found, 3)
        if drop:
            kept = torch.rand(*found.shape[:2], 1, len(LAGS), 1, device=bars.device) >= drop
            found = found * kept
        return found.flatten(3)

    def context(self, z: torch.Tensor, past: torch.Tensor) -> torch.Tensor:
        """latents (..., latent), past (..., memory) -> what they say about each step, (..., steps,
        CONTEXT)"""
        x = F.gelu(self.unfold(torch.cat([z, past], -1)))
        x = self.writes(x.view(-1, self.writes.in_channels, self.steps // 2)).transpose(1, 2)
        return x.unflatten(0, z.shape[:-1])

    def logits(
        self, z: torch.Tensor, past: torch.Tensor, bars: torch.Tensor, drop: float = 0.0
    ) -> torch.Tensor:
        """What each step may be, told those before it: (n, bars, steps, EVENTS)"""
        n, count, steps = bars.shape
        before = F.pad(self.embed(bars).flatten(1, 2)[:, :-1], (0, 0, 1, 0))
        if drop:
            before = before * (torch.rand(before.shape[:2], device=z.device) >= drop)[..., None]
        told = torch.cat([self.context(z, past), self.echoes(bars, count, drop)], 3)
        state, _ = self.goes_on(
            torch.cat([told, before.view(n, count, steps, -1)], 3).flatten(0, 1)
        )
        return self.says(state).unflatten(0, (n, count))

    def loss(self, batch, recipe, step: float) -> dict[str, torch.Tensor]:
        """batch: bars (n, bars, steps), counts (n, bars), 0 behind the tune's end. The bound with
        cheaper latents, in nats a step."""
        bars, counts = batch
        told = self.read(bars)
        past = self.past(told)
        (mean, spread), (middle, width) = self.encode(told, past), self.prior(past)
        z = mean + torch.randn_like(mean) * (spread / 2).exp()
        logits = self.logits(z, past, bars, recipe.drop if self.training else 0.0)
        wrong = F.cross_entropy(logits.flatten(0, 2), bars.flatten(), reduction="none")
        wrong = wrong.view(bars.shape).sum(2)
        cost = divergence(mean, spread, middle, width)
        weight = recipe.beta * min(1.0, (step + 1) / recipe.warm_up)
        # What is expected learns at its full price even where the latents are free.
        fit = divergence(mean.detach(), spread.detach(), middle, width)
        paid = (cost - recipe.free).clamp(min=0) + fit - fit.detach()
        all_bars = counts.sum()
        loss = ((wrong + weight * paid) * counts).sum() / all_bars / self.steps
        wrong, cost = ((x * counts).sum() / all_bars for x in (wrong, cost))
        return {"loss": loss, "wrong": wrong / self.steps, "latents": cost}

    @torch.inference_mode()
    def go_on(
        self,
        given: torch.Tensor,
        noise: torch.Tensor,
        chance: torch.Tensor,
        heat: float,
        turn: torch.Tensor | float = 0.0,
    ) -> torch.Tensor:
        """given (n, k, steps) events, noise (n, bars, latent), chance (n, bars, steps, 1) uniform
        -> (n, bars, steps), the first `k` as they were given.

        `turn` (latent,) moves every new bar's latents.
        """
        n, count, _ = noise.shape
        bars, warm = given[:, :count], noise.new_full((n,), heat)
        memory, past = None, noise.new_zeros(n, 1, self.remembers.hidden_size)
        if bars.shape[1]:
            heard, memory = self.remembers(self.read(bars))
            past = heard[:, -1:]
        for i in range(bars.shape[1], count):
            middle, width = self.prior(past[:, 0])
            z = middle + noise[:, i] * (width / 2).exp() + turn
            new = bars.new_full((n, 1, self.steps), REST)  # holds the place: it is not heard
            echoes = self.echoes(torch.cat([bars, new], 1), 1)[:, 0]
            told = torch.cat([self.context(z, past[:, 0]), echoes], 2)
            before = self.embed(bars[:, -1, -1]) if i else None
            written = step_by_step(
                self.goes_on, told, self.embed, self.pick, chance[:, i], warm, before
            )
            bars = torch.cat([bars, written[:, None]], 1)
            past, memory = self.remembers(self.read(written[:, None]), memory)
        return bars

    def pick(self, state: torch.Tensor, chance: torch.Tensor, heat: torch.Tensor) -> torch.Tensor:
        """state (n, width), chance (n, 1), heat (n,) -> events (n,)"""
        return choose(self.says(state), chance[:, 0], heat).to(state.device)

    @torch.no_grad()
    def point(self, moved: torch.Tensor, amounts: torch.Tensor) -> None:
        """Settle `directions` from how bars' latents (n, latent) differ from what was expected and
        what they hold (n, count): as long as one sigma of an amount is worth."""
        amounts = (amounts - amounts.mean(0)) / amounts.std(0).clamp(min=1e-6)
        self.directions.copy_(amounts.T @ (moved - moved.mean(0)) / len(moved))
