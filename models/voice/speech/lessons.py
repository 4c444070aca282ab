"""Clips as the acoustic model learns from them: symbols, frames of each, how they were said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import torch

from models.data.aligning import align, symbols_of
from models.data.phonemes import SYMBOLS, phonemes
from models.data.reading import sentences
from models.data.speech import SpeechSet
from models.layers.vocoder import MIDDLE_PITCH, smooth_pitch
from models.learning.pause import RUNS

from .network import PAST, Manner


class Lesson(NamedTuple):
    """A batch. n clips, phonemes with PAST behind the end, words, frames."""

    symbols: torch.Tensor  # (n, phonemes)
    lengths: torch.Tensor  # (n, phonemes) frames
    manner: Manner
    heard: torch.Tensor  # (n, phonemes, bands), mean mel
    owner: torch.Tensor  # (n, phonemes), the word whose latent counts
    words: torch.Tensor  # (n, words, phonemes), averages over a word's phonemes
    spoken: torch.Tensor  # (n, words), 1 where there is such a word
    here: torch.Tensor  # (n, phonemes), 1 where there is a phoneme
    counts: torch.Tensor  # (n, phonemes, MANNER), what of the manner is learned
    sound: tuple[torch.Tensor, ...]  # mels (n, frames, bands), log2 pitch, voice, inside

    @property
    def frames(self) -> int:
        return self.sound[0].shape[1]

    def cut(self, count: int) -> Callable[[torch.Tensor], torch.Tensor]:
        """What takes the same piece of `count` frames out of (n, frames, ...) every time."""
        long = self.sound[3].sum(1)
        first = (torch.rand(len(long), device=long.device) * (long - count).clamp(min=0)).long()
        index = first[:, None] + torch.arange(count, device=long.device)
        index = index.clamp(max=self.frames - 1)

        def taken(x: torch.Tensor) -> torch.Tensor:
            if x.ndim == 2:
                return x.gather(1, index)
            return x.gather(1, index[..., None].expand(-1, -1, x.shape[2]))

        return taken


class Lessons:
    """All clips of a `SpeechSet`, aligned; few clips are aligned together with those `beside`."""

    def __init__(self, data: SpeechSet, mel, beside: Lessons | None = None):
        self.device = mel.shape.device
        with torch.no_grad():
            self.mels = [
                mel(torch.from_numpy(c[None]).to(self.device))[0].cpu() for c in data.clips
            ]
        self.told = [np.stack(smooth_pitch(p)) for p in data.pitch]
        self.symbols, self.owners = [], []
        for text in data.texts:
            said = [w for s in sentences(text) for w in s]
            symbols, owner = symbols_of(said, phonemes)
            self.symbols.append(symbols)
            self.owners.append(owner)
        others = (beside.symbols, beside.mels) if beside else ([], [])
        symbols, mels = others[0] + self.symbols, others[1] + self.mels
        self.lengths = aligned(symbols, [m.numpy() for m in mels])[len(others[0]) :]

    def __len__(self) -> int:
        return len(self.mels)

    def draw(self, count: int) -> Lesson:
        """`count` random clips."""
        return self.pick(torch.randint(len(self), (count,)).tolist())

    def pick(self, clips: Iterable[int]) -> Lesson:
        """These clips as one batch."""
        rows = [self._one(i) for i in clips]
        columns = [torch.nn.utils.rnn.pad_sequence(c, True) for c in zip(*rows, strict=True)]
        symbols, lengths, said, heard, owner, mels, pitch, hums = columns
        here = (symbols != 0).float()  # numbers are one higher here, so that 0 is past the end
        symbols = torch.where(symbols == 0, PAST, symbols - 1)
        loud = (lengths > 0)[..., None].float()
        counts = torch.cat([torch.ones_like(loud), loud.expand(-1, -1, 3)], 2) * here[..., None]
        inside = torch.nn.utils.rnn.pad_sequence([torch.ones(len(r[5])) for r in rows], True)
        filled = (owner.abs() - 1).clamp(min=0)
        most = int(filled.max()) + 1
        words = torch.zeros(len(rows), most, owner.shape[1])
        own = (owner > 0).float()
        words.scatter_(1, filled[:, None], own[:, None])
        total = words.sum(2, keepdim=True)
        lesson = Lesson(
            symbols, lengths, Manner(*said.unbind(2)), heard, filled, words / total.clamp(min=1),
            (total[..., 0] > 0).float(), here, counts, (mels, pitch, hums, inside),
        )  # fmt: skip
        return _moved(lesson, self.device)

    def _one(self, clip: int) -> tuple[torch.Tensor, ...]:
        """One clip's tensors; a gap's word is the one before it, with a minus."""
        lengths = torch.from_numpy(self.lengths[clip]).long()
        mels, (pitch, hums) = self.mels[clip], torch.from_numpy(self.told[clip])
        pitch = (pitch / MIDDLE_PITCH).log2()[: len(mels)]
        hums = hums[: len(mels)]
        owner = torch.repeat_interleave(torch.arange(len(lengths)), lengths)

        def mean(x: torch.Tensor) -> torch.Tensor:
            total = torch.zeros(len(lengths), *x.shape[1:]).index_add_(0, owner, x)
            return total / lengths.clamp(min=1).view(-1, *[1] * (x.ndim - 1))

        heard = mean(mels)
        said = [(lengths + 1).float().log(), mean(pitch), heard.mean(1), mean(hums)]
        words, last = [], 0
        for word in self.owners[clip]:
            last = word if word >= 0 else last
            words.append(last + 1 if word >= 0 else -(last + 1))
        numbers = torch.tensor([SYMBOLS.index(s) + 1 for s in self.symbols[clip]])
        return (
            numbers, lengths, torch.stack(said, 1), heard, torch.tensor(words), mels, pitch, hums
        )  # fmt: skip


def aligned(symbols: list[list[str]], mels: list[np.ndarray]) -> list[np.ndarray]:
    """`align`, kept below runs/speech: it takes a minute."""
    key = hashlib.sha256(json.dumps([symbols, [len(m) for m in mels]]).encode()).hexdigest()[:16]
    kept = RUNS / "speech" / f"aligned-{key}.npz"
    if kept.exists():
        with np.load(kept) as arrays:
            flat = arrays["lengths"]
        return np.split(flat, np.cumsum([len(s) for s in symbols])[:-1])
    found = align(symbols, mels)
    if RUNS.exists():
        kept.parent.mkdir(exist_ok=True)
        np.savez(kept, lengths=np.concatenate(found))
    return found


def _moved(lesson: Lesson, device) -> Lesson:
    parts = {k: v.to(device) for k, v in lesson._asdict().items() if torch.is_tensor(v)}
    manner = Manner(*(x.to(device) for x in lesson.manner))
    return lesson._replace(**parts, manner=manner, sound=tuple(x.to(device) for x in lesson.sound))
