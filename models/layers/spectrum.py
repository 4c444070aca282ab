"""Sounds as pictures of loudness and back: one log-magnitude spectrogram, phases found afterwards.

Loudness alone is what the networks learn (as SpecGAN does: Donahue, McAuley, Puckette, "Adversarial
Audio Synthesis", ICLR 2019, arXiv 1802.04208). Phases come from the fast Griffin-Lim algorithm
(Perraudin, Balazs, Søndergaard, 2013). It begins as if one click had been made at the onset, which
is nearly right for hits and steady tones, and with the phases of a noise where the sound is rough.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import torch
from torch import nn

RANGE = 72.0  # decibels below the loudest spot that a picture can show
ROUNDS = 16  # error of magnitudes -18 dB on real drums, -19 dB on digits; 8: -16, -15; 32: -20, -24
MOMENTUM = 0.9  # 0 (the plain algorithm) leaves 2 to 4 dB more error after as many rounds
ONSET = 0.001  # seconds of silence before a sound begins
PEAK = 10 ** (-1 / 20)  # -1 dBFS: what sounds are brought to
RAYLEIGH = 2 * 5.57 / RANGE  # spread of the loudness of pure noise, 5.57 dB, in a picture's units
NOISE_MEAN = -2.51  # decibels: the mean of that loudness beside the power's


class Spectrum(nn.Module):
    """Sounds (n, samples) <-> pictures (n, 1, bands, frames) in -1..1; band 0 is the lowest.

    The lowest bins are bands of their own; above them three bins share one where there are more
    bins than bands, since the ear hears pitch finely only below 2 kHz.
    """

    def __init__(self, rate: int, window: int, hop: int, bands: int, frames: int):
        super().__init__()
        self.rate, self.window, self.hop, self.frames = rate, window, hop, frames
        self.samples = frames * hop
        bins = window // 2
        gather, spread = _grouping(bins, bands)
        k = torch.arange(bins + 1)[:, None].double()
        m = torch.arange(frames + 1)[None].double()
        turns = k * (m * hop - ONSET * rate - window / 2) / window
        self._keep("shape", torch.hann_window(window))
        self._keep("gather", gather)
        self._keep("spread", spread)
        self._keep("click", torch.polar(torch.ones_like(turns), 2 * math.pi * (turns % 1)).cfloat())
        # RandomState's stream is frozen by its authors, so that this noise never changes
        drawn = np.random.RandomState(0).standard_normal((1, self.samples)).astype(np.float32)
        noise = self._stft(torch.from_numpy(drawn))[0]
        power = noise.abs().square().mean()
        loud = 10 * (noise.abs().square() / power).clamp(min=1e-4).log10() - NOISE_MEAN
        self._keep("roughness", loud)
        self._keep("noise", noise / noise.abs().clamp(min=1e-6))

    def _keep(self, name: str, value: torch.Tensor) -> None:
        self.register_buffer(name, value, persistent=False)

    def analyse(self, sounds: torch.Tensor) -> torch.Tensor:
        """(n, samples) of any level -> (n, 1, bands, frames); silence is -1 everywhere"""
        power = self._stft(sounds)[:, :-1, : self.frames].abs().square()
        power = self.gather @ power
        level = 10 * power.clamp(min=1e-14).log10()
        top = level.amax((1, 2), keepdim=True).clamp(min=-60)  # near silence is not turned up
        return (1 + (level - top) * 2 / RANGE).clamp(-1, 1)[:, None]

    def sound(self, pictures: torch.Tensor, rough: torch.Tensor | None = None) -> torch.Tensor:
        """(n, 1, bands, frames) -> (n, samples) float32 with peak PEAK (silence stays silence)

        `rough` of the same shape says how much of a noise every spot is, 0 (tone) to 1 (noise):
        such spots get the fine grain that a network's smooth picture lacks.
        """
        level = self._unfolded(pictures.float().clamp(-1, 1) - 1) * (RANGE / 2)
        heard = 10 ** (level / 20) - 10 ** (-RANGE / 20)
        start = self.click
        if rough is not None:
            share = self._unfolded(rough).clamp(0, 1)
            heard = heard * 10 ** (share * self.roughness / 20)
            start = (1 - share) * self.click + share * self.noise
            start = start / start.abs().clamp(min=1e-6)
        return self._with_phases(heard.clamp(min=0), start)

    def _with_phases(self, magnitude: torch.Tensor, start: torch.Tensor) -> torch.Tensor:
        """Magnitudes (n, bins + 1, frames + 1) and first phases -> (n, samples)"""
        guess, before = magnitude * start, 0.0
        for _ in range(ROUNDS):
            now = self._stft(self._istft(guess))
            pushed = now + MOMENTUM * (now - before)
            guess = magnitude * pushed / pushed.abs().clamp(min=1e-9)
            before = now
        made = self._istft(guess)
        return made * (PEAK / made.abs().amax(1, keepdim=True).clamp(min=1e-6))

    def _unfolded(self, pictures: torch.Tensor) -> torch.Tensor:
        """(n, 1, bands, frames) -> (n, bins + 1, frames + 1), the last of both repeated"""
        wide = self.spread @ pictures[:, 0]
        return nn.functional.pad(wide[:, None], (0, 1, 0, 1), mode="replicate")[:, 0]

    def _stft(self, sounds: torch.Tensor) -> torch.Tensor:
        return torch.stft(
            sounds, self.window, self.hop, window=self.shape, center=True, pad_mode="constant",
            return_complex=True,
        )  # fmt: skip

    def _istft(self, spots: torch.Tensor) -> torch.Tensor:
        return torch.istft(
            spots, self.window, self.hop, window=self.shape, center=True, length=self.samples
        )


def _grouping(bins: int, bands: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(bands, bins) means of neighbouring bins, and (bins, bands) that draws lines between them."""
    if bins == bands:
        return torch.eye(bins), torch.eye(bins)
    per_band = 3
    fine = (per_band * bands - bins) // (per_band - 1)
    if fine + (bins - fine) // per_band != bands or (bins - fine) % per_band:
        raise ValueError(f"{bins} bins cannot be shown as {bands} bands of 1 and {per_band} bins.")
    edges = [*range(fine), *range(fine, bins + 1, per_band)]
    weights = np.zeros((bands, bins), np.float32)
    middles = []
    for band, (low, high) in enumerate(pairwise(edges)):
        weights[band, low:high] = 1 / (high - low)
        middles.append((low + high - 1) / 2)
    back = np.stack([np.interp(np.arange(bins), middles, row) for row in np.eye(bands)], 1)
    return torch.from_numpy(weights), torch.from_numpy(back.astype(np.float32))
