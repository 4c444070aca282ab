"""Text to speech: what to say, how to say it (a latent for every word), frames, sound."""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from models.data.phonemes import SYMBOLS
from models.layers.convnext import TimeBlock, TimeNet
from models.layers.vocoder import MIDDLE_PITCH, Vocoder

MANNER = 4  # of a phoneme: log frames, pitch in octaves, loudness, share of voice
PAST = len(SYMBOLS)  # the number that stands behind the end of a text
QUIETEST = -8.0  # log-variances are never lower


class Manner(NamedTuple):
    """How every phoneme of a batch is said: each (n, phonemes)."""

    length: torch.Tensor  # log(1 + frames)
    pitch: torch.Tensor  # octaves above MIDDLE_PITCH
    loud: torch.Tensor  # mean of the mel
    hums: torch.Tensor  # share of voice, 0..1

    def stacked(self) -> torch.Tensor:
        """(n, phonemes, MANNER), each of spread about one"""
        parts = ((self.length - 2) * 2, self.pitch * 4, self.loud * 1.5, self.hums * 2 - 1)
        return torch.stack(parts, 2)

    @classmethod
    def unstacked(cls, x: torch.Tensor) -> Manner:
        length, pitch, loud, hums = x.unbind(2)
        return cls(length / 2 + 2, pitch / 4, loud / 1.5, ((hums + 1) / 2).clamp(0, 1))


class Speech(nn.Module):
    """Symbols (n, phonemes) and their words -> manner -> mels -> sound."""

    def __init__(self, config):
        super().__init__()
        self.latent, wide = config.latent, config.text
        self.symbols = nn.Embedding(len(SYMBOLS) + 1, wide, padding_idx=PAST)
        self.letters = TimeNet(wide, wide, 2 * wide, config.text_blocks, config.dropout)
        self.context = nn.GRU(wide, wide // 2, batch_first=True, bidirectional=True)
        self.heard = nn.Linear(wide + MANNER + config.bands, wide)
        self.hearing = TimeBlock(wide, 2 * wide)
        self.posterior = nn.Linear(wide, 2 * config.latent)
        self.memory = nn.GRUCell(wide + config.latent, wide)
        self.prior = nn.Linear(2 * wide, 2 * config.latent)
        self.manner = TimeNet(wide + config.latent, wide, 2 * wide, 2, config.dropout)
        self.told = nn.Linear(wide, MANNER)
        given = wide + config.latent + MANNER + 3
        self.frames = TimeNet(
            given, config.frames, config.frames_wide, config.frames_blocks, config.dropout
        )
        self.mels = nn.Linear(config.frames, config.bands + 2)
        self.register_buffer("louder", torch.ones(config.bands))  # see `finish`
        self.register_buffer("middle", torch.zeros(config.bands))
        self.vocoder = Vocoder(config).requires_grad_(False)

    def read(self, symbols: torch.Tensor) -> torch.Tensor:
        """Symbols (n, phonemes), PAST behind the end -> (n, phonemes, text)"""
        x = self.letters(self.symbols(symbols))
        return x + self.context(x)[0]

    def listen(
        self, text: torch.Tensor, manner: torch.Tensor, mels: torch.Tensor, words: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """What was read, how it was said and the mean mel of every phoneme -> mean and log variance
        of each word's latent, (n, words, latent). `words` (n, words, phonemes) are averages."""
        x = F.gelu(self.heard(torch.cat([text, manner, mels], 2)))
        mean, spread = self.posterior(words @ self.hearing(x)).chunk(2, 2)
        return mean, spread.clamp(QUIETEST, 2)

    def expect(
        self, text: torch.Tensor, z: torch.Tensor, state: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """The prior of one word: its text (n, text), the latent before it (n, latent), the state ->
        mean and log variance (n, latent), state"""
        state = self.memory(torch.cat([text, z], 1), state)
        mean, spread = self.prior(torch.cat([state, text], 1)).chunk(2, 1)
        return mean, spread.clamp(QUIETEST, 2), state

    def expectations(
        self, text: torch.Tensor, z: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The prior of all words with the latents before each given, (n, words, latent) twice"""
        before = torch.cat([torch.zeros_like(z[:, :1]), z[:, :-1]], 1)
        state = text.new_zeros(len(text), self.memory.hidden_size)
        found = []
        for word in range(text.shape[1]):
            mean, spread, state = self.expect(text[:, word], before[:, word], state)
            found.append((mean, spread))
        return torch.stack([m for m, _ in found], 1), torch.stack([s for _, s in found], 1)

    def say(self, text: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        """Text and latents of phonemes (n, phonemes, ...) -> manner (n, phonemes, MANNER)"""
        return self.told(self.manner(torch.cat([text, z], 2)))

    def perform(
        self, text: torch.Tensor, z: torch.Tensor, manner: torch.Tensor, place: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Frames: for each the text, latent and manner of its phoneme and its `place` (n, frames,
        3; see `spread_out`) -> mels (n, frames, bands), log2 pitch above MIDDLE_PITCH, voice
        (a logit), each (n, frames)"""
        x = self.mels(self.frames(torch.cat([text, z, manner, place], 2)))
        return x[..., :-2], place[..., 2] + 0.3 * x[..., -2], x[..., -1]

    def sound(
        self, mels: torch.Tensor, pitch: torch.Tensor, voice: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """What the vocoder reads: mels as varied as real ones, pitch in Hz, share of voice"""
        mels = self.middle + (mels - self.middle) * self.louder
        return mels, MIDDLE_PITCH * 2**pitch, voice.sigmoid()


def spread_out(lengths: torch.Tensor, pitch: torch.Tensor, count: int):
    """Frames of every phoneme (n, phonemes), whole numbers -> the phoneme of every frame
    (n, count), and its place (n, count, 3): share of the phoneme that has passed, its frames,
    pitch on a line through the phonemes' middles."""
    ends = lengths.cumsum(1)
    frame = torch.arange(count, device=lengths.device).expand(len(lengths), -1).contiguous()
    owner = torch.searchsorted(ends, frame, right=True).clamp(max=lengths.shape[1] - 1)
    long = lengths.gather(1, owner).clamp(min=1)
    passed = (frame - (ends - lengths).gather(1, owner) + 0.5) / long
    before = (owner - 1).clamp(min=0)
    after = (owner + 1).clamp(max=lengths.shape[1] - 1)
    here = pitch.gather(1, owner)
    left = (here + pitch.gather(1, before)) / 2
    right = (here + pitch.gather(1, after)) / 2
    early = torch.lerp(left, here, (2 * passed).clamp(0, 1))
    line = torch.where(passed < 0.5, early, torch.lerp(here, right, (2 * passed - 1).clamp(0, 1)))
    return owner, torch.stack([passed - 0.5, long.log() / 2 - 1, line], 2)
