"""Data sets for enlarging pictures."""

from models.data.source import Source

SETS: tuple[Source, ...] = ()
