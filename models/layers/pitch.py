"""The pitch of a voice over time, by probabilistic YIN (Mauch and Dixon, ICASSP 2014)."""

from __future__ import annotations

import warnings

import numpy as np

LOW, HIGH = 80.0, 450.0  # Hz: a reader's voice, whispers and shouts left out
FRAME = 0.043  # seconds: more than three periods of the lowest pitch


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
    return np.pad(found, (0, 1 + len(samples) // hop - len(found)))
