"""Data sets of sounds and voices."""

from models.data.source import Source

SETS: tuple[Source, ...] = ()
