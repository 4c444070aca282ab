"""The energy distance of spectra (Gritsenko et al., NeurIPS 2020, arXiv 2008.01160): two sounds of
one shape, with two noises, have to be as far from the recording as they are from each other. So the
share of noise is learned without a critic; the loudness alone would ask for none."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from models.data.speech import load_speech
from models.layers.vocoder import pulses, smooth_pitch
from models.learning.average import follow, twin
from models.learning.job import Job
from models.learning.spectral import Resolutions, apart


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, config, device = job.recipe, job.config, job.device
    torch.manual_seed(0)
    network = job.family.build(config).to(device).train()
    average = twin(network)
    learns = torch.optim.AdamW(network.parameters(), recipe.rate, (0.8, 0.99))
    parts = {"network": network, "average": average, "learns": learns}
    if not job.restore(parts):
        job.warm_start([network, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    pieces = Pieces(load_speech(job.data, "train", config.rate, config.hop), config.hop)
    listen = Resolutions().to(device)
    until, begun = job.spent + job.minutes, job.spent
    for step in job.steps(recipe.batch, lambda: job.save(parts), lambda: sheet(job, average)):
        left = 1 - (job.spent - begun) / max(until - begun, 1e-6)
        learns.param_groups[0]["lr"] = recipe.rate * max(0.1, min(1.0, 2 * left)) * warm(step)
        real, pitch, hums = pieces.draw(recipe.batch, recipe.frames, device)
        with torch.no_grad():
            mels = blurred(network.mel(real), recipe.blur)
        shapes = network.shape(mels, pitch, hums)
        one, other = (
            listen(network(shapes, pulses(pitch, config.hop, config.rate, start), noise))
            for start, noise in zip(
                torch.rand(2, len(real), device=device),
                torch.randn(2, *real.shape, device=device),
                strict=True,
            )
        )
        true = listen(real)
        far, spread = (apart(one, true) + apart(other, true)) / 2, apart(one, other)
        loss = far - spread / 2
        learns.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        learns.step()
        follow(average, network, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(loss=loss.item(), far=far.item(), spread=spread.item())


def warm(step: int) -> float:
    """The first 200 steps of a new network are careful ones."""
    return min(1.0, (step + 1) / 200)


class Pieces:
    """All clips in a row, to cut pieces from; clips are never joined within a piece."""

    def __init__(self, data, hop: int):
        self.hop = hop
        self.clips = data.clips
        self.told = [np.stack(smooth_pitch(p)) for p in data.pitch]
        self.odds = np.array([len(c) for c in data.clips]) / sum(len(c) for c in data.clips)

    def draw(self, count: int, frames: int, device) -> tuple[torch.Tensor, ...]:
        """`count` pieces: sound (n, frames * hop), pitch and share of voice (n, frames + 1)"""
        seed = int(torch.randint(2**31, ()))
        drawn = np.random.RandomState(seed)
        sounds = np.zeros((count, frames * self.hop), np.float32)
        told = np.zeros((count, 2, frames + 1), np.float32)
        for row, clip in enumerate(drawn.choice(len(self.clips), count, p=self.odds)):
            all_of = self.told[clip].shape[1]
            first = drawn.randint(max(all_of - frames, 1))
            piece = self.clips[clip][first * self.hop :][: frames * self.hop]
            sounds[row, : len(piece)] = piece
            there = self.told[clip][:, first : first + frames + 1]
            told[row] = np.pad(there, ((0, 0), (0, frames + 1 - there.shape[1])), "edge")
        pitch, hums = torch.from_numpy(told).to(device).unbind(1)
        return torch.from_numpy(sounds).to(device), pitch, hums


def blurred(mels: torch.Tensor, share: float) -> torch.Tensor:
    """Some mels smoothed over bands: harmonics vanish, as in those that a network writes."""
    wide = F.avg_pool1d(F.pad(mels, (2, 2), mode="replicate"), 5, 1)
    much = torch.rand(len(mels), 1, 1, device=mels.device)
    chosen = torch.rand(len(mels), 1, 1, device=mels.device) < share
    return torch.where(chosen, torch.lerp(mels, wide, much), mels)


@torch.no_grad()
def sheet(job: Job, network) -> None:
    """Three held-out recordings, each above its own sound through the vocoder, as mels."""
    from models.family import Asked
    from models.learning.sheet import grid
    from models.values import Sound

    from .network import again

    data = load_speech(job.data, "validation", job.config.rate, job.config.hop)
    rows = []
    for clip in data.clips[:3]:
        piece = clip[: 3 * data.rate]
        plain = {"pitch": 0.0, "speed": 1.0, "breath": 0.0}
        made = again(network, job.config, Asked(1, plain, {"sound": Sound(piece, data.rate)}))
        for sound in (piece, made.samples):
            mel = network.mel(torch.from_numpy(sound[None]).to(job.device))[0].T.flip(0)
            rows.append(F.pad(mel, (0, 282 - mel.shape[1]))[:, :282])
    pictures = (torch.stack(rows)[:, None] / 2.5).clamp(-1, 1)
    shown = ((pictures + 1) * 127.5).round().byte().cpu().numpy()
    grid(shown, columns=2).save(job.folder / "sheet.png")
