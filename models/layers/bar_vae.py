"""Bars to latents and back: what the melody and the drum VAE share.

Adam Roberts, Jesse Engel, Colin Raffel, Curtis Hawthorne, Douglas Eck, "A Hierarchical Latent
Vector Model for Learning Long-Term Structure in Music", ICML 2018 (arXiv 1803.05428): the bound
with a cheaper latent and free bits.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

COLD = 1e-3  # below this heat the likeliest is taken
CONTEXT = 64  # numbers that the latent tells a memory at each step


class BarVae(nn.Module):
    """(n, steps, ...) events -> latents (n, latent) -> events.

    A subclass says how bars are read (`encode`), what the decoder holds at each step (`states`),
    how many nats a step costs from that (`told`), and how bars are written (`write`).
    `middle` and `root` describe the Gaussian that the training bars' latents really follow (Ghosh
    et al. 2020, ex-post density estimation); `directions` (count, latent) are moves of one sigma
    towards more of something that the family names.
    """

    def __init__(self, config, directions: int):
        super().__init__()
        self.steps = config.steps
        self.register_buffer("middle", torch.zeros(config.latent))
        self.register_buffer("root", torch.eye(config.latent))
        self.register_buffer("directions", torch.eye(directions, config.latent))

    def encode(self, events: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """events (n, steps, ...) -> mean and log variance of the latents, (n, latent) each"""
        raise NotImplementedError

    def states(self, z: torch.Tensor, events: torch.Tensor, drop: float = 0.0) -> torch.Tensor:
        """The decoder's state at each step, told all events before it, (n, steps, width).

        `drop` of these events are hidden, so that the latent has to know them.
        """
        raise NotImplementedError

    def told(self, states: torch.Tensor, events: torch.Tensor) -> torch.Tensor:
        """Nats of each step, (n, steps)"""
        raise NotImplementedError

    def write(self, z: torch.Tensor, chance: torch.Tensor, heat: torch.Tensor) -> torch.Tensor:
        """latents (n, latent) -> events.

        `chance` (n, steps, k) uniform 0..1 decides each pick, `heat` (n,) how daring it is: 0 is
        the likeliest event.
        """
        raise NotImplementedError

    def heard(self, events: torch.Tensor) -> torch.Tensor:
        """What of events (n, steps, ...) makes two pieces different to the ear; all by default."""
        return events.unflatten(1, (self.steps, -1))

    def loss(self, events: torch.Tensor, recipe, step: float) -> dict[str, torch.Tensor]:
        """The bound with cheaper latents, in nats a window; `step` warms their weight up."""
        mean, spread = self.encode(self.shown(events))
        z = mean + torch.randn_like(mean) * (spread / 2).exp()
        drop = recipe.drop if self.training else 0.0
        wrong = self.told(self.states(z, events, drop), events).sum(1).mean()
        cost = 0.5 * (mean.square() + spread.exp() - 1 - spread).sum(1)
        weight = recipe.beta * min(1.0, (step + 1) / recipe.warm_up)
        paid = (cost - recipe.free).clamp(min=0).mean()
        return {"loss": wrong + weight * paid, "wrong": wrong, "latents": cost.mean()}

    def shown(self, events: torch.Tensor) -> torch.Tensor:
        """What the encoder sees of the events while it learns; all of it by default."""
        return events

    def place(self, noise: torch.Tensor) -> torch.Tensor:
        """noise (n, latent) standard normal -> latents as the training bars' are spread"""
        return self.middle + noise @ self.root

    @torch.no_grad()
    def calibrate(self, means: torch.Tensor, spreads: torch.Tensor) -> None:
        """Settle `middle` and `root` from encoded training bars, (n, latent) each."""
        self.middle.copy_(means.mean(0))
        shape = means.T.cov() + spreads.exp().mean(0).diag()
        values, vectors = torch.linalg.eigh(shape)
        self.root.copy_((vectors * values.clamp(min=0).sqrt()) @ vectors.T)

    @torch.no_grad()
    def point(self, means: torch.Tensor, amounts: torch.Tensor) -> None:
        """Settle `directions`: the way of the latents in which each amount (n, count) grows.

        The covariance of latent and amount, as long as one sigma of the amount is worth.
        """
        amounts = (amounts - amounts.mean(0)) / amounts.std(0).clamp(min=1e-6)
        self.directions.copy_(amounts.T @ (means - means.mean(0)) / len(means))


class RecurrentBars(BarVae):
    """The encoder is convolutional; the decoder, a memory, is told the latent unfolded in time, so
    that thirteen minutes on one core are enough. A subclass says how events are read (`embed`,
    `wide` numbers a step) and how one is picked from the memory's state (`pick`)."""

    def __init__(self, config, wide: int, directions: int):
        super().__init__(config, directions)
        self.wide = wide
        base, latent, steps = config.base, config.latent, config.steps
        self.where = nn.Parameter(torch.randn(steps, wide) * 0.1)
        self.reads = nn.ModuleList(
            (
                nn.Conv1d(wide, base, 3, 1, 1),
                nn.Conv1d(base, base, 4, 2, 1),
                nn.Conv1d(base, 2 * base, 4, 2, 1),
            )
        )
        self.mean_spread = nn.Linear(2 * base * steps // 4, 2 * latent)
        self.unfold = nn.Linear(latent, 2 * base * steps // 4)
        self.writes = nn.ModuleList(
            (
                nn.ConvTranspose1d(2 * base, base, 4, 2, 1),
                nn.ConvTranspose1d(base, CONTEXT, 4, 2, 1),
            )
        )
        self.goes_on = nn.GRU(CONTEXT + wide, config.width, batch_first=True)

    def encode(self, events: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """events (n, steps, ...) -> mean and log variance of the latents, (n, latent) each"""
        x = (self.embed(events) + self.where).transpose(1, 2)
        for read in self.reads:
            x = F.gelu(read(x))
        mean, spread = self.mean_spread(x.flatten(1)).chunk(2, 1)
        return mean, spread.clamp(-12, 4)

    def context(self, z: torch.Tensor) -> torch.Tensor:
        """latents (n, latent) -> what they say about each step, (n, steps, CONTEXT)"""
        x = F.gelu(self.unfold(z)).view(len(z), -1, self.steps // 4)
        first, last = self.writes
        return last(F.gelu(first(x))).transpose(1, 2)

    def states(self, z: torch.Tensor, events: torch.Tensor, drop: float = 0.0) -> torch.Tensor:
        """The decoder's state at each step, told all events before it, (n, steps, width).

        `drop` of these events are hidden, so that the latent has to know them.
        """
        before = F.pad(self.embed(events)[:, :-1], (0, 0, 1, 0))
        if drop:
            before = before * (torch.rand(before.shape[:2], device=z.device) >= drop)[..., None]
        return self.goes_on(torch.cat([self.context(z), before], 2))[0]

    @torch.inference_mode()
    def write(self, z: torch.Tensor, chance: torch.Tensor, heat: torch.Tensor) -> torch.Tensor:
        """latents (n, latent) -> events, step by step.

        `chance` (n, steps, k) uniform 0..1 decides each pick, `heat` (n,) how daring it is: 0 is
        the likeliest event.
        """
        return step_by_step(self.goes_on, self.context(z), self.embed, self.pick, chance, heat)


def step_by_step(
    memory: nn.GRU,
    told: torch.Tensor,
    embed: Callable[[torch.Tensor], torch.Tensor],
    pick: Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor],
    chance: torch.Tensor,
    heat: torch.Tensor,
    before: torch.Tensor | None = None,
) -> torch.Tensor:
    """Events that a memory writes, each told the one before: (n, steps, ...).

    `told` (n, steps, k) is what it hears at each step whatever is written, `chance` (n, steps, ...)
    and `heat` (n,) decide each pick, `before` (n, wide) is the event before the first, embedded.
    """
    # The GRU's own arithmetic, with what does not change from step to step done once: a module
    # call for every step costs four times as much as its numbers.
    width, known = memory.hidden_size, told.shape[2]
    steady = told @ memory.weight_ih_l0[:, :known].T + memory.bias_ih_l0
    own, kept = memory.weight_ih_l0[:, known:].T, memory.weight_hh_l0.T
    state, made = told.new_zeros(len(told), width), []
    if before is None:
        before = told.new_zeros(len(told), memory.input_size - known)
    for step in range(told.shape[1]):
        heard = torch.addmm(steady[:, step], before, own)
        past = torch.addmm(memory.bias_hh_l0, state, kept)
        gates = (heard[:, : 2 * width] + past[:, : 2 * width]).sigmoid()
        fresh = torch.addcmul(heard[:, 2 * width :], gates[:, :width], past[:, 2 * width :])
        state = torch.lerp(fresh.tanh(), state, gates[:, width:])
        made.append(pick(state, chance[:, step], heat))
        before = embed(made[-1])
    return torch.stack(made, 1)


def choose(logits: torch.Tensor, chance: torch.Tensor, heat: torch.Tensor) -> torch.Tensor:
    """One of the last axis by (n,) uniform numbers; heat (n,) 0 takes the likeliest.

    Sampling is done in float32 on the CPU, so that every device picks alike.
    """
    scores, warm = logits.float().cpu().numpy(), heat.cpu().numpy()[:, None]
    share = np.exp((scores - scores.max(1, keepdims=True)) / np.maximum(warm, COLD)).cumsum(1)
    drawn = (share < chance.cpu().numpy()[:, None] * (1 - 1e-6) * share[:, -1:]).sum(1)
    return torch.from_numpy(np.where(warm[:, 0] < COLD, scores.argmax(1), drawn))
