"""Freed memory stays with a training process, so that no step asks the system for it anew.

glibc hands blocks over 32 MB back at once, and fresh pages have to be emptied one by one: a sixth
of a StyleGAN's step on one core. Elsewhere than on Linux nothing happens.
"""

from __future__ import annotations

import ctypes
import sys

TRIM_THRESHOLD, MMAP_MAX = -1, -4  # of <malloc.h>
MOST = 2**31 - 1


def keep_memory() -> None:
    """For processes that repeat the same allocations until they end; their peak stays theirs."""
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        mallopt(MMAP_MAX, 0)
        mallopt(TRIM_THRESHOLD, MOST)
