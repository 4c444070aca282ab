"""The sizes that every family of short sounds shares, and how they follow from the data."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

MULTIPLE = 16  # of frames: a map of roughness has a value for every eighth frame


@dataclass(frozen=True)
class SoundConfig:
    """A spectrogram picture (bands, frames) of a sound at `rate` samples a second."""

    rate: int = 16_000
    window: int = 512  # 32 ms: fine enough for the pitch of a kick
    hop: int = 128  # a quarter of it: phases are found again with little error
    bands: int = 128
    frames: int = 128  # 8 ms each: 1.02 s
    basis: int = 128  # components of the picture: unseen drums 3.1 dB off, digits 4.2 dB
    stretched: bool = False  # whether sounds are brought to one length first (spoken words)
    paired: bool = False  # whether every pair of conditions has a middle of its own (see Kinds)
    latent: int = 64
    width: int = 384  # of the layers in between
    directions: int = 6
    rows: int = 512  # combinations of conditions kept for the seeds to choose from
    conditions: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    blended: str = ""

    @property
    def leading(self) -> int:
        """Values of the first condition, one without conditions."""
        return len(self.names[0]) if self.names else 1


TINY = {
    "rate": 8000, "window": 64, "hop": 16, "bands": 32, "frames": 16, "basis": 12, "latent": 8,
    "width": 16, "directions": 2, "rows": 16, "conditions": ("class",),
    "names": (("kick", "snare"),), "blended": "class",
}  # fmt: skip


def fitted(config: SoundConfig, data: Any) -> SoundConfig:
    """The configuration for a `SoundSet`: its rate, its length, its labels.

    Windows last 32 ms at every rate; the frames hold 99 of 100 sounds whole.
    """
    window = 2 ** round(math.log2(0.032 * data.rate))
    heard = sorted(_length(sound) for sound in data.sounds)
    long = heard[int(0.99 * (len(heard) - 1))]
    hop = window // 4
    columns = tuple(data.labels)
    return dataclasses.replace(
        config,
        rate=data.rate,
        window=window,
        hop=hop,
        frames=math.ceil(long / hop / MULTIPLE) * MULTIPLE,
        stretched="speaker" in columns,
        paired=len(columns) > 1,
        conditions=columns,
        names=tuple(tuple(data.names[c]) for c in columns),
        blended=columns[-1] if columns else "",
    )


def _length(sound: Any) -> int:
    """Samples up to the last one that is not silence."""
    loud = (abs(sound) > 1e-4).nonzero()[0]
    return int(loud[-1]) + 1 if len(loud) else 0
