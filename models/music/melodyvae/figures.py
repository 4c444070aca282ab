"""How good a melody VAE is, on windows of tunes that it never saw."""

from __future__ import annotations

from typing import Any

from models.metrics.notes import scale_share
from models.metrics.subject import Subject, row
from models.music.bar_figures import looked

from .lessons import shown, windows


def rows(subject: Subject) -> list[dict[str, Any]]:
    """What every such family is measured by, and how many notes stay in a scale."""
    found, rows = looked(subject, windows, shown, 1)
    inside, ceiling = (
        sum(map(scale_share, pieces)) / len(pieces) for pieces in (found.made, found.real)
    )
    scale = row(
        subject, "notes in the best scale", inside, "share", "higher", ceiling=ceiling,
        samples=len(found.made),
    )  # fmt: skip
    return [*rows, scale]
