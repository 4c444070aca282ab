"""Data sets of notes."""

from models.data.source import Source

SETS: tuple[Source, ...] = ()
