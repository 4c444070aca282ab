"""Data sets of texts."""

from models.data.source import Source

SETS: tuple[Source, ...] = ()
