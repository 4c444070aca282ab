"""A recording through the vocoder: what it hears of it, and the sound again."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from models.data.sounds import resample
from models.family import Asked
from models.layers.pitch import HIGH, LOW, track
from models.layers.vocoder import Vocoder, pulses, smooth_pitch
from models.values import Sound

LONGEST = 30.0  # seconds of a recording that are taken in
LEVEL = 0.068  # root mean square of speech at -23 LUFS, as in training: what it is brought to
PEAK = 10 ** (-1 / 20)


def again(network: Vocoder, config, asked: Asked) -> Sound:
    """The recording of a request at the pitch, speed and breath that were asked for."""
    samples, level = heard(asked.inputs["sound"], config.rate)
    device = network.head.weight.device
    pitch, hums = smooth_pitch(track(samples, config.rate, config.hop))
    mels = network.mel(torch.from_numpy(samples[None]).to(device))
    told = torch.from_numpy(np.stack([pitch, hums])).to(device)[None]
    frames = torch.cat([mels.transpose(1, 2), told], 1)
    wanted = max(round(frames.shape[2] / asked.controls["speed"]), 2)
    frames = F.interpolate(frames, size=wanted, mode="linear", align_corners=True)
    mels, pitch, hums = frames[:, :-2].transpose(1, 2), frames[:, -2], frames[:, -1]
    made = speak(network, mels, pitch, hums, asked)
    return Sound(made * level, config.rate)


def heard(sound: Sound, rate: int) -> tuple[np.ndarray, float]:
    """A recording at `rate` and at the level of training, and the factor back to its own level."""
    samples = np.asarray(sound.samples, np.float32)[: round(LONGEST * sound.rate)]
    samples = resample(samples, sound.rate, rate)
    loud = samples[np.abs(samples) > 0.1 * np.abs(samples).max(initial=0)]
    level = float(np.sqrt(np.mean(loud**2))) / LEVEL if len(loud) else 1.0
    return samples / max(level, 1e-3), max(level, 1e-3)


@torch.no_grad()
def speak(
    network: Vocoder, mels: torch.Tensor, pitch: torch.Tensor, hums: torch.Tensor, asked: Asked
) -> np.ndarray:
    """Mels (1, frames, bands), pitch in Hz and share of voice (1, frames) -> (samples,)"""
    pitch = (pitch * 2 ** (asked.controls["pitch"] / 12)).clamp(LOW / 2, 2 * HIGH)
    shapes = network.shape(mels, pitch, hums)
    shapes[1] *= 10 ** (asked.controls["breath"] / 20)
    start = torch.zeros(len(pitch), device=pitch.device)
    source = pulses(pitch, network.hop, network.rate, start)
    drawn = np.random.RandomState(asked.seed % 2**32).standard_normal(source.shape)
    noise = torch.from_numpy(drawn.astype(np.float32)).to(pitch.device)
    made = network(shapes, source, noise)[0].float().cpu().numpy()
    return made * min(1.0, PEAK / max(float(np.abs(made).max(initial=0)), 1e-6))
