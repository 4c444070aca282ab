"""Generator and critic of four bars for five tracks.

Hao-Wen Dong, Wen-Yi Hsiao, Li-Chia Yang, Yi-Hsuan Yang, "MuseGAN: Multi-track Sequential Generative
Adversarial Networks for Symbolic Music Generation and Accompaniment", AAAI 2018 (arXiv 1709.06298):
noise that all tracks share and noise of their own, each for the phrase and for every bar. Notes are
decided in training as they are in use, with straight-through gradients: Dong and Yang,
"Convolutional Generative Adversarial Networks with Binary Neurons for Polyphonic Music
Generation", ISMIR 2018 (arXiv 1804.09399). Here only time is convolved and pitches are channels;
all convolutions are written as products of matrices, which one core does several times as fast.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.band import BAR, PARTS, WIDE, Part

BARS, BEATS = 4, 4
STEPS = BARS * BAR
LEAK = 0.2
OWN = 24  # channels that a track's own noise has in its head


def private_size(config) -> int:
    """Numbers of one track's own noise."""
    return config.own + BARS * config.own_bar


def latent_size(config) -> int:
    """Numbers of a phrase: shared, shared by bar, then each track's own."""
    return config.shared + BARS * config.shared_bar + len(PARTS) * private_size(config)


class MusicGan(nn.Module):
    """z (n, latent_size), wanted (n, conditions) -> zeros and ones (n, STEPS, WIDE)."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        base, told = config.base, len(config.conditions)
        self.enter = nn.Linear(config.shared + config.shared_bar + told, BEATS * base)
        self.place = nn.Parameter(torch.randn(BARS * BEATS, base) * 0.2)
        self.first, self.second = Mixed(base), Mixed(base)
        self.heads = nn.ModuleList(Head(config, part) for part in PARTS)

    def forward(self, z: torch.Tensor, wanted: torch.Tensor | None = None) -> torch.Tensor:
        return decide(self.scores(z, wanted))

    def scores(self, z: torch.Tensor, wanted: torch.Tensor | None = None) -> list[torch.Tensor]:
        """What each track's decisions are made from, (n, STEPS, wide) each"""
        c, private = self.config, private_size(self.config)
        whole, by_bar, own = z.split([c.shared, BARS * c.shared_bar, len(PARTS) * private], 1)
        x = _with_bars(whole, by_bar)
        if wanted is not None:
            x = torch.cat([x, wanted[:, None].expand(-1, BARS, -1)], 2)
        x = self.enter(x).view(len(z), BARS * BEATS, -1) + self.place
        x = self.first(F.leaky_relu(x, LEAK))
        x = x + self.second(x)
        return [h(x, n) for h, n in zip(self.heads, own.split(private, 1), strict=True)]


class Head(nn.Module):
    """One track: what all share and its own noise -> its columns, (n, STEPS, wide)."""

    def __init__(self, config, part: Part):
        super().__init__()
        self.own, head = config.own, config.head
        self.enter = nn.Linear(config.own + config.own_bar, BEATS * OWN)
        self.unfold = nn.Linear(config.base + OWN, BAR // BEATS * head)
        self.place = nn.Parameter(torch.randn(STEPS, head) * 0.2)
        self.norm = nn.BatchNorm1d(head)
        self.mix = Mixed(head)
        self.says = nn.Linear(head, part.wide)

    def forward(self, x: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        """x (n, beats, base), noise (n, own + BARS * own_bar)"""
        own = self.enter(_with_bars(noise[:, : self.own], noise[:, self.own :]))
        x = torch.cat([x, own.view(len(x), BARS * BEATS, OWN)], 2)
        x = self.unfold(x).view(len(x), STEPS, -1) + self.place
        x = F.leaky_relu(_normed(self.norm, x), LEAK)
        return self.says(x + self.mix(x))


class Mixed(nn.Module):
    """Each place told its neighbours (a convolution of three), batch normalisation, leaky unit."""

    def __init__(self, wide: int):
        super().__init__()
        self.mix = nn.Linear(3 * wide, wide, bias=False)
        self.norm = nn.BatchNorm1d(wide)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.leaky_relu(_normed(self.norm, self.mix(beside(x))), LEAK)


def beside(x: torch.Tensor) -> torch.Tensor:
    """(n, t, c) -> (n, t, 3 c): what was before, what is, what comes after"""
    padded = F.pad(x, (0, 0, 1, 1))
    return torch.cat([padded[:, :-2], x, padded[:, 2:]], 2)


def _normed(norm: nn.BatchNorm1d, x: torch.Tensor) -> torch.Tensor:
    return norm(x.flatten(0, 1)).view(x.shape)


def _with_bars(whole: torch.Tensor, by_bar: torch.Tensor) -> torch.Tensor:
    """(n, k), (n, BARS * m) -> (n, BARS, k + m)"""
    return torch.cat([whole[:, None].expand(-1, BARS, -1), by_bar.unflatten(1, (BARS, -1))], 2)


def decide(scores: list[torch.Tensor]) -> torch.Tensor:
    """Each track's scores (n, steps, wide) -> zeros and ones (n, steps, WIDE); the gradient is that
    of their soft counterparts.

    What is decided is what band.grid_of would write: a new pitch begins, silence does not.
    """
    hard, soft = [], []
    for part, x in zip(PARTS, scores, strict=True):
        soft += _likely(part, x)
        with torch.no_grad():
            hard += _decided(part, x)
    soft = torch.cat(soft, 2)
    return soft + (torch.cat(hard, 2) - soft).detach()


def _likely(part: Part, x: torch.Tensor) -> list[torch.Tensor]:
    """The chances of what `_decided` decides. A beginning hangs on the pitch before as well: told
    of the struck column alone, a generator cannot learn to hold a note."""
    likely = x.sigmoid()
    if part.kind == "hits":
        return [likely]
    if part.kind == "voice":
        chosen, struck = x[..., :-1].softmax(2), likely[..., -1:]
        sounds = chosen[..., 1:]
    else:
        chosen, struck = likely.split(part.count, 2)
        sounds = chosen
    before = F.pad(sounds, (0, 0, 1, 0))[:, :-1]
    new = sounds * (1 - (1 - struck) * before)
    return [chosen, new.sum(2, keepdim=True) if part.kind == "voice" else new]


def _decided(part: Part, x: torch.Tensor) -> list[torch.Tensor]:
    on = (x > 0).to(x.dtype)
    if part.kind == "hits":
        return [on]
    if part.kind == "voice":
        pitch, struck = x[..., :-1], on[..., -1:]
        chosen = torch.zeros_like(pitch).scatter_(2, pitch.argmax(2, keepdim=True), 1)
        sounds = chosen[..., 1:]
    else:
        chosen, struck = on.split(part.count, 2)
        sounds = chosen
    new = sounds * torch.maximum(struck, 1 - F.pad(sounds, (0, 0, 1, 0))[:, :-1])
    return [chosen, new.amax(2, keepdim=True) if part.kind == "voice" else new]


def nats(scores: list[torch.Tensor], cells: torch.Tensor) -> torch.Tensor:
    """What real phrases (n, STEPS, WIDE) cost, told each track's scores, (n,)"""
    found = 0.0
    for part, x in zip(PARTS, scores, strict=True):
        real = cells[..., part.columns]
        if part.kind == "voice":
            found = found - (real[..., :-1] * x[..., :-1].log_softmax(2)).sum((1, 2))
            real, x = real[..., -1:], x[..., -1:]
        found = found + F.binary_cross_entropy_with_logits(x, real, reduction="none").sum((1, 2))
    return found


class Looks(nn.Module):
    """x (n, STEPS, WIDE) of zeros and ones -> what is in it, (n, wide).

    Beside the columns it sees each track's pitch classes, so that harmony need not be learned
    octave by octave.
    """

    def __init__(self, base: int):
        super().__init__()
        self.wide = BARS * 3 * base
        self.register_buffer("classes", pitch_classes().T.contiguous())
        self.look = nn.Linear(WIDE + self.classes.shape[1], base)
        self.steps = nn.Linear(3 * base, base)
        self.beat = nn.Linear(BAR // BEATS * base, 2 * base)
        self.beats = nn.Linear(6 * base, 2 * base)
        self.bar = nn.Linear(BEATS * 2 * base, 3 * base)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        n = len(x)
        x = F.leaky_relu(self.look(torch.cat([x, x @ self.classes], 2)), LEAK)
        x = F.leaky_relu(self.steps(beside(x)), LEAK)
        x = F.leaky_relu(self.beat(x.reshape(n, BARS * BEATS, -1)), LEAK)
        x = F.leaky_relu(self.beats(beside(x)), LEAK)
        return F.leaky_relu(self.bar(x.reshape(n, BARS, -1)), LEAK).flatten(1)


class BandCritic(nn.Module):
    """x (n, STEPS, WIDE), wanted (n, conditions) -> (n,) scores."""

    def __init__(self, base: int, conditions: int):
        super().__init__()
        self.looks = Looks(base)
        self.whole = nn.Linear(self.looks.wide + 1, 3 * base)
        self.score = nn.Linear(3 * base, 1)
        self.meaning = nn.Linear(conditions, 3 * base) if conditions else None

    def forward(self, x: torch.Tensor, wanted: torch.Tensor | None = None) -> torch.Tensor:
        x = self.looks(x)
        # How much a batch's phrases differ: a generator that repeats itself is found out.
        differ = (x.var(0, unbiased=False) + 1e-8).sqrt().mean().expand(len(x), 1)
        x = F.leaky_relu(self.whole(torch.cat([x, differ], 1)), LEAK)
        score = self.score(x).squeeze(1)
        return score if self.meaning is None else score + (self.meaning(wanted) * x).sum(1) / 16


class BandReader(nn.Module):
    """Real phrases (n, STEPS, WIDE) -> mean and log variance of the noise they may come from,
    (n, latent) each: what the generator learns from before anybody criticises it."""

    def __init__(self, base: int, latent: int):
        super().__init__()
        self.looks = Looks(base)
        self.mean_spread = nn.Linear(self.looks.wide, 2 * latent)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mean, spread = self.mean_spread(self.looks(x)).chunk(2, 1)
        return mean, spread.clamp(-12, 4)


def pitch_classes() -> torch.Tensor:
    """(4 * 12, WIDE): which columns sound which pitch class of which track"""
    pitched = [p for p in PARTS if p.kind != "hits"]
    found = torch.zeros(len(pitched) * 12, WIDE)
    for i, part in enumerate(pitched):
        first = part.begin + (part.kind == "voice")
        for up in range(part.count):
            found[12 * i + (part.low + up) % 12, first + up] = 1
    return found
