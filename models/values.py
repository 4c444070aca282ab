"""What models take in and give out, beside pictures (uint8 arrays). Torch is not imported here."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Sound(NamedTuple):
    """One channel of sound: `samples` float32 (n,) in -1..1, `rate` in samples a second."""

    samples: np.ndarray
    rate: int
