"""Data sets for changing the style of pictures."""

from models.data.source import Source

SETS: tuple[Source, ...] = ()
