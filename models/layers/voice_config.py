"""Sizes of a voice, apart from its layers: a declaration imports no torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VoiceConfig:
    """Sizes that the acoustic model and the vocoder have to agree on, and the vocoder's own."""

    rate: int = 24_000
    window: int = 1024
    hop: int = 256  # 10.7 ms
    bands: int = 80
    shaper: int = 160  # width of the vocoder: 94 frames a second pass through 0.85 M numbers
    shaper_wide: int = 400
    shaper_blocks: int = 4
