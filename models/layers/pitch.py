"""The pitch of a voice over time: probabilistic YIN (Mauch and Dixon, ICASSP 2014), then the lag at
which the wave itself is most alike (as RAPT does: Talkin, 1995), since a fifth of a semitone is too
coarse for the twentieth harmonic."""

from __future__ import annotations

import warnings

import numpy as np

LOW, HIGH = 80.0, 450.0  # Hz: a reader's voice, whispers and shouts left out
FRAME = 0.043  # seconds: more than three periods of the lowest pitch
COMPARED = 0.02  # seconds of wave that are held against those a period later
MOST = 0.03  # share of a period by which the second look may move
TOGETHER = 4096  # frames that are looked at together


def track(samples: np.ndarray, rate: int, hop: int) -> np.ndarray:
    """(n,) at `rate` -> (1 + n // hop,) float32 pitch in Hz, 0 where nothing hums.

    Frame i is centred on sample i * hop, as in a centred short-time spectrum.
    """
    import librosa
    from scipy.signal import resample_poly

    # half the rate is plenty for harmonics of a voice and takes half the time
    half = resample_poly(samples, 1, 2).astype(np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of silent frames
        heard, _, _ = librosa.pyin(
            half,
            fmin=LOW,
            fmax=HIGH,
            sr=rate // 2,
            hop_length=hop // 2,
            frame_length=2 * round(FRAME * rate / 4),
            resolution=0.2,
        )
    found = np.nan_to_num(heard).astype(np.float32)[: 1 + len(samples) // hop]
    found = np.pad(found, (0, 1 + len(samples) // hop - len(found)))
    return sharpened(samples, rate, hop, found)


def sharpened(samples: np.ndarray, rate: int, hop: int, pitch: np.ndarray) -> np.ndarray:
    """The same pitch, (frames,), to a few hundredths of a semitone where the wave tells."""
    found = pitch.copy()
    for some in np.array_split(np.flatnonzero(pitch), len(pitch) // TOGETHER + 1):
        if len(some):
            found[some] = _sharpened(samples, rate, some * hop, pitch[some])
    return found


def _sharpened(samples: np.ndarray, rate: int, centres: np.ndarray, pitch: np.ndarray):
    period = rate / pitch
    long = round(COMPARED * rate)
    widest = max(int(np.ceil(MOST * period.max())), 1) + 1
    edge = long + 2 * int(period.max()) + widest
    padded = np.pad(samples, edge).astype(np.float32)
    lags = np.round(period).astype(int)[:, None] + np.arange(-widest, widest + 1)
    first = centres + edge - (long + lags[:, widest]) // 2
    span = np.arange(long)
    here = padded[first[:, None] + span]
    here = here - here.mean(1, keepdims=True)
    alike = np.empty(lags.shape, np.float32)
    for column in range(lags.shape[1]):
        later = padded[first[:, None] + lags[:, column : column + 1] + span]
        later = later - later.mean(1, keepdims=True)
        power = np.sqrt((here**2).sum(1) * (later**2).sum(1)) + 1e-9
        alike[:, column] = (here * later).sum(1) / power
    allowed = np.abs(lags - period[:, None]) <= MOST * period[:, None] + 0.5
    best = np.where(allowed, alike, -2).argmax(1).clip(1, lags.shape[1] - 2)
    row = np.arange(len(best))
    left, top, right = alike[row, best - 1], alike[row, best], alike[row, best + 1]
    bend = left - 2 * top + right
    peak = bend < -1e-6
    shift = np.where(peak, 0.5 * (left - right) / np.where(peak, bend, 1), 0).clip(-0.5, 0.5)
    new = rate / (lags[row, best] + shift)
    trusted = peak & (top > 0.5) & (np.abs(new / pitch - 1) <= MOST)
    return np.where(trusted, new, pitch).astype(np.float32)
