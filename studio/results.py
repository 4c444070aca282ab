"""What comes back: results, and how far a run has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.family import Kind
from studio.requests import Request
from studio.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one request. Exactly one of `value`, `superseded` and `error` is set,
    save for a stopped run, whose `note` says so beside whatever `value` was reached.

    Pictures: `value` is uint8 (height, width, 1 | 3 | 4). `ms` is the network's own time (that of
    the whole batch where an answer shared one; with loading, where it was the first), `queued_ms`
    the time spent waiting before it.
    """

    request: Request
    kind: Kind
    value: Any = None
    ms: float = 0.0
    queued_ms: float = 0.0
    note: Sentence | None = None
    superseded: bool = False
    error: Sentence | None = None

    @property
    def stopped(self) -> bool:
        """Whether it ended before it was whole: good to look at, not to save as this request."""
        return self.note is not None and self.note != self.request.note


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search has found: the picture, uint8 (height, width, channels), and its controls."""

    picture: Any
    controls: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: 0..1, seconds left (None while unknown), runs ahead of it, a preview."""

    fraction: float = 0.0
    seconds_left: float | None = None
    ahead: int = 0
    preview: Any = None
