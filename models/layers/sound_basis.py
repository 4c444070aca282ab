"""The last layer of every family of short sounds, found in closed form: principal components.

A spectrogram picture has 16,384 spots, but 128 components of 1,716 training hits hold all but 3 dB
of unseen ones. So networks learn 128 numbers instead: a training step costs a thirtieth of what
convolutions over the picture cost, which is what two cores can afford.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.conditions import Conditions
from models.layers.spectrum import RANGE, RAYLEIGH

BLOCK = 8  # bands and frames that share one number of roughness
QUIET = 1 - 2 * 45 / RANGE  # 45 dB below the loudest spot: where a sound ends
LIKE = 2  # the length weighs as much as the third component


class SoundBasis(nn.Module):
    """Pictures (n, 1, bands, frames) <-> coefficients (n, basis), each of spread one.

    `rough` is what the components cannot hold, by kind and place, as a share of pure noise. Where
    the configuration says `stretched`, pictures are brought to one length first, so that words
    spoken slowly and quickly lie on each other, and the last coefficient is that length.

    Components are stored as bytes with a step for each: they are most of a file, and what a byte
    leaves out (1 % of a component) is far below what the components themselves leave out.
    """

    def __init__(self, config):
        super().__init__()
        self.stretched = config.stretched
        if self.stretched:
            self.register_buffer("lengths", torch.tensor([float(config.frames), 1.0]))
        self.sides = config.bands, config.frames
        spots = config.bands * config.frames
        self.register_buffer("middle", torch.zeros(1, spots))
        self.register_buffer("components", torch.eye(config.basis, spots))
        self.register_buffer("sizes", torch.ones(config.basis))
        blocks = config.leading, config.bands // BLOCK, config.frames // BLOCK
        self.register_buffer("rough", torch.zeros(blocks))
        self.register_state_dict_post_hook(_as_bytes)
        self.register_load_state_dict_pre_hook(_from_bytes)

    def read(self, pictures: torch.Tensor) -> torch.Tensor:
        """(n, 1, bands, frames) -> (n, basis)"""
        if not self.stretched:
            return self._read(pictures)
        length = length_of(pictures)
        numbers = self._read(stretch(pictures, length))
        told = (length - self.lengths[0]) / self.lengths[1]
        return torch.cat([numbers[:, :-1], told[:, None]], 1)

    def _read(self, pictures: torch.Tensor) -> torch.Tensor:
        return (pictures.flatten(1) - self.middle) @ self.components.T / self.sizes

    def paint(self, numbers: torch.Tensor) -> torch.Tensor:
        """(n, basis) -> (n, 1, bands, frames), -1..1 give or take a little"""
        made = self.middle + (numbers * self.sizes) @ self.components
        made = made.view(-1, 1, *self.sides)
        if not self.stretched:
            return made
        return shrink(made, self.lengths[0] + self.lengths[1] * numbers[:, -1])

    def roughness(self, wishes: torch.Tensor) -> torch.Tensor:
        """wishes (n, wide) -> (n, 1, bands, frames): how much of a noise each spot is, 0..1"""
        kinds = len(self.rough)
        even = wishes.new_full((len(wishes), kinds), 1 / kinds)
        first = wishes[:, :kinds] if wishes.shape[1] else even
        blocks = torch.einsum("nk,kij->nij", first, self.rough)[:, None]
        return F.interpolate(blocks, size=self.sides, mode="bilinear")

    @torch.no_grad()
    def fit(self, pictures: torch.Tensor, labels: torch.Tensor) -> None:
        """Components of pictures (n, 1, bands, frames) with labels (n, conditions).

        By the eigenvectors of the (n, n) matrix of products: there are fewer pictures than spots.
        """
        length = length_of(pictures)
        flat = (stretch(pictures, length) if self.stretched else pictures).flatten(1)
        self.middle.copy_(flat.mean(0, keepdim=True))
        rest = flat - self.middle
        values, vectors = torch.linalg.eigh(rest @ rest.T)
        values, vectors = values.flip(0), vectors.flip(1)
        # few pictures have few components: the others are nothing, and stay so
        room = len(self.sizes) - int(self.stretched)
        basis = min(room, int((values > 1e-6 * values[0]).sum()))
        self.components.zero_()[:basis] = F.normalize(vectors[:, :basis].T @ rest, dim=1)
        self.sizes.fill_(1)[:basis] = (values[:basis] / len(flat)).sqrt()
        if self.stretched:
            self.lengths.copy_(torch.stack([length.mean(), length.std().clamp(min=1e-3)]))
            self.sizes[-1] = self.sizes[LIKE]
        left = (self.paint(self.read(pictures)) - pictures).square()
        for kind in range(len(self.rough)):
            own = labels[:, 0] == kind if labels.shape[1] else torch.ones(len(flat)).bool()
            if own.any():
                blocks = F.avg_pool2d(left[own].mean(0), BLOCK).sqrt() / RAYLEIGH
                self.rough[kind].copy_(blocks[0].clamp(max=1))


def _as_bytes(basis: SoundBasis, state: dict, prefix: str, _) -> None:
    """`components` (basis, spots) -> int8, and the step of each component (basis,) beside them."""
    whole = state[prefix + "components"]
    step = whole.abs().amax(1).clamp(min=1e-12) / 127
    state[prefix + "components"] = (whole / step[:, None]).round().to(torch.int8)
    state[prefix + "step"] = step


def _from_bytes(basis: SoundBasis, state: dict, prefix: str, *_) -> None:
    """The way back, on the copy that is loaded; whole components stay as they are."""
    step = state.pop(prefix + "step", None)
    if step is not None:
        state[prefix + "components"] = state[prefix + "components"].float() * step[:, None]


class Kinds(nn.Module):
    """Where each kind of sound lies in a space of `wide` numbers: one Gaussian for each wish.

    The middle is a sum over the conditions (digit plus speaker) and, where the configuration says
    `paired`, what that sum leaves of every digit by every speaker. The spread belongs to the first
    condition. An autoencoder measures them once it has learned (ex-post density estimation: Ghosh
    et al., "From Variational to Deterministic Autoencoders", 2020); a GAN begins with those of the
    coefficients and learns on. Without conditions it is one Gaussian for all.
    """

    def __init__(self, config, wide: int):
        super().__init__()
        self.conditions = Conditions(config)
        self.leading = config.leading
        self.middle = nn.Parameter(torch.zeros(wide))
        self.means = nn.Parameter(0.1 * torch.randn(self.conditions.wide, wide))
        self.roots = nn.Parameter(torch.eye(config.latent, wide).repeat(self.leading, 1, 1))
        self.pairs = None
        if config.paired:
            cells = math.prod(self.conditions.sizes)
            self.pairs = nn.Parameter(0.1 * torch.randn(cells, wide))
            self.register_load_state_dict_pre_hook(_none_yet)

    def forward(self, z: torch.Tensor, wishes: torch.Tensor) -> torch.Tensor:
        """z (n, latent) standard normal, wishes (n, wishes) -> (n, wide)"""
        first = wishes[:, : self.leading] if wishes.shape[1] else z.new_ones(len(z), 1)
        # one matrix product a kind: a blended one of each sound's own would be far larger
        spread = torch.stack([z @ root for root in self.roots], 1)
        return self.place(wishes) + (first[:, :, None] * spread).sum(1)

    def place(self, wishes: torch.Tensor) -> torch.Tensor:
        """wishes (n, wishes) -> the middle of what is wished for, (n, wide)"""
        middle = self.middle + wishes @ self.means
        if self.pairs is None:
            return middle
        return middle + self.conditions.together(wishes) @ self.pairs

    @torch.no_grad()
    def fit(self, means: torch.Tensor, spreads: torch.Tensor, labels: torch.Tensor) -> None:
        """From points (n, wide), their own variances (n, wide) and labels (n, conditions)."""
        self.conditions.remember(labels)
        wishes = self.conditions.one_hot(labels)
        self.middle.copy_(means.mean(0))
        # a small ridge, since the ones of each condition add up to the same
        gram = wishes.T @ wishes + 0.5 * torch.eye(wishes.shape[1], device=wishes.device)
        self.means.copy_(torch.linalg.solve(gram, wishes.T @ (means - self.middle)))
        rest = means - self.middle - wishes @ self.means
        if self.pairs is not None:
            own = self.conditions.together(wishes)
            self.pairs.copy_(own.T @ rest / (own.sum(0) + 0.5)[:, None])  # the same ridge
            rest = rest - own @ self.pairs
        every = rest.T @ rest / len(rest)
        latent = self.roots.shape[1]
        for kind in range(self.leading):
            own = labels[:, 0] == kind if labels.shape[1] else torch.ones(len(rest)).bool()
            count = int(own.sum())
            shape = rest[own].T @ rest[own] / max(count, 1)
            # fewer sounds than numbers leave a covariance full of holes: lean on all kinds
            lean = rest.shape[1] / (rest.shape[1] + 4 * count)
            shape = torch.lerp(shape, every, lean) + spreads.mean(0).diag()
            values, vectors = torch.linalg.eigh(shape)
            strongest = vectors[:, -latent:] * values[-latent:].clamp(min=0).sqrt()
            self.roots[kind].copy_(strongest.T.flip(0))


def _none_yet(kinds: Kinds, state: dict, prefix: str, *_) -> None:
    """Weights from before there were pairs: the sum over the conditions, as they had it."""
    state.setdefault(prefix + "pairs", torch.zeros_like(kinds.pairs))


def length_of(pictures: torch.Tensor) -> torch.Tensor:
    """(n, 1, bands, frames) -> (n,) frames up to the last that can be heard, at least 2"""
    loud = pictures.amax((1, 2)) > QUIET
    places = torch.arange(1, pictures.shape[3] + 1, device=pictures.device)
    return (loud * places).amax(1).clamp(min=2).float()


def stretch(pictures: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
    """The first `length` (n,) frames of each picture spread over all frames."""
    frames = pictures.shape[3]
    places = torch.linspace(0, 1, frames, device=pictures.device)
    return _at(pictures, places * (length[:, None] - 1))


def shrink(pictures: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
    """The way back: all frames within the first `length` (n,), then silence."""
    frames = pictures.shape[3]
    length = length.clamp(2, frames)[:, None]
    places = torch.arange(frames, device=pictures.device)
    made = _at(pictures, places * ((frames - 1) / (length - 1)))
    heard = (length - places).clamp(0, 1)[:, None, None]
    return (made + 1) * heard - 1


def _at(pictures: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """Pictures (n, 1, bands, frames) read at places (n, frames), lines drawn between frames."""
    last = pictures.shape[3] - 1
    places = places.clamp(0, last)
    low = places.detach().floor().long().clamp(max=last - 1)
    part = (places - low)[:, None, None]
    index = low[:, None, None].expand(pictures.shape[:3] + low.shape[1:])
    return torch.lerp(pictures.gather(3, index), pictures.gather(3, index + 1), part)
