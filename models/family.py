"""Family, Control, Card: the words that every model speaks. Torch is not imported here.

A family is declared in one `family.py`; page, API, command line, validation, tests and bench
rows come from that declaration alone.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import torch

Kind = Literal["picture", "sound", "notes", "text"]


class Words(NamedTuple):
    """One phrase in the two languages of the page."""

    en: str
    zh: str


@dataclass(frozen=True, kw_only=True)
class Control:
    """One typed thing a person may set. `group` gathers controls under one heading."""

    name: str
    label: Words
    help: Words
    group: str = "main"

    kind: ClassVar[str] = ""

    def describe(self) -> dict[str, Any]:
        """The declaration as JSON data, `kind` included: what page, API and docs are made from."""
        facts = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        facts = {k: v._asdict() if isinstance(v, Words) else v for k, v in facts.items()}
        return {"kind": self.kind, **facts}


@dataclass(frozen=True, kw_only=True)
class Slider(Control):
    """A number in [low, high] on a grid of `step` that starts at `low`."""

    low: float
    high: float
    step: float
    default: float
    unit: str = ""

    kind: ClassVar[str] = "slider"


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of several named options: (value, words) pairs. `sheet`: all of them side by side make
    a sprite sheet (the sides of a hero, the steps of a walk)."""

    options: tuple[tuple[str, Words], ...]
    default: str
    sheet: bool = False

    kind: ClassVar[str] = "choice"

    def describe(self) -> dict[str, Any]:
        return {**super().describe(), "options": [[v, w._asdict()] for v, w in self.options]}


@dataclass(frozen=True, kw_only=True)
class Switch(Control):
    """On or off."""

    default: bool = False

    kind: ClassVar[str] = "switch"


@dataclass(frozen=True, kw_only=True)
class Pad(Control):
    """A spot [x, y] on a plane, both in [low, high] in steps of `step`; [0, 0] is the seed."""

    low: float
    high: float
    step: float
    default: tuple[float, float] = (0.0, 0.0)

    kind: ClassVar[str] = "pad"


@dataclass(frozen=True, kw_only=True)
class TextLine(Control):
    """A short text of at most `longest` characters."""

    longest: int
    default: str = ""

    kind: ClassVar[str] = "text"


@dataclass(frozen=True, kw_only=True)
class SecondSeed(Control):
    """Another seed than the request's own, a whole number. `walked` names the slider (0..1) that
    leads from the request's seed to this one, where there is such a slider."""

    default: int = 0
    walked: str = ""

    kind: ClassVar[str] = "seed"


@dataclass(frozen=True, kw_only=True)
class Code(Control):
    """A spot of the latent that was found for a person's picture, in place of the seed's: `size`
    numbers in half precision as base64url, or nothing."""

    size: int
    default: str = ""

    kind: ClassVar[str] = "code"


@dataclass(frozen=True, kw_only=True)
class Takes:
    """A file that a family takes in. `limit` is the longest side (pictures) or seconds (sound).

    `keeps`: what comes out is the same picture still, so that its colour profile and the notes of
    its camera go along.
    """

    name: str
    kind: Kind
    label: Words
    help: Words
    required: bool = True
    limit: int = 4096
    keeps: bool = False


class Tiling(NamedTuple):
    """How the engine cuts a large picture for a family whose every pixel depends on few others.

    Tiles overlap by `reach` input pixels, the farthest that anything looks, so that the joined
    result is the uncut one; output is `scale` times as large.
    """

    takes: str
    scale: int
    reach: int
    side: int = 256  # input pixels of a tile with its margins: some tenths of a second on two cores


class Asked(NamedTuple):
    """A valid request as a family sees it: controls complete and snapped, inputs decoded."""

    seed: int
    controls: Mapping[str, Any]
    inputs: Mapping[str, Any] = {}


class UnfitError(ValueError):
    """What was asked for cannot be made by any network: one sentence for the person."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.words = Words(en, zh)


@dataclass(frozen=True)
class Card:
    """The facts of one published model, read from its `card.json`.

    `config` rebuilds the network; `labels` renames controls for these weights (a principal
    direction that turned out to be "fur colour"); `measures` are rows with at least name,
    value, unit, command and, where they exist, floor, baseline and ceiling.
    """

    id: str
    family: str
    title: Words
    summary: Words
    config: Mapping[str, Any]
    data: Mapping[str, Any]
    licence: str
    revision: str = ""
    weights_sha256: str = ""
    measures: Sequence[Mapping[str, Any]] = ()
    cost: Mapping[str, Any] = field(default_factory=dict)
    command: str = ""
    faults: Sequence[str] = ()
    difficulty: Sequence[str] = ()
    labels: Mapping[str, Words] = field(default_factory=dict)
    golden: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None

    @classmethod
    def load(cls, folder: Path) -> Card:
        """Read `folder/card.json`. A broken card raises ValueError with the file's path."""
        path = folder / "card.json"
        try:
            facts = json.loads(path.read_text(encoding="utf-8"))
            facts["title"] = Words(**facts["title"])
            facts["summary"] = Words(**facts["summary"])
            facts["labels"] = {k: Words(**v) for k, v in facts.get("labels", {}).items()}
            return cls(**facts, folder=folder)
        except (TypeError, KeyError, json.JSONDecodeError) as error:
            raise ValueError(f"{path}: not a card ({error})") from error

    def facts(self) -> dict[str, Any]:
        """The card as JSON data, without the folder of this machine."""
        rows = {
            f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name != "folder"
        }
        rows["title"], rows["summary"] = self.title._asdict(), self.summary._asdict()
        rows["labels"] = {k: v._asdict() for k, v in self.labels.items()}
        return rows

    def save(self, folder: Path) -> None:
        """Write `folder/card.json`, readable and in a fixed order."""
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.facts(), ensure_ascii=False, indent=1)
        (folder / "card.json").write_text(text + "\n", encoding="utf-8")


class Family:
    """A kind of model. A subclass declares; nothing here knows any one of them.

    `Config` and `Recipe` are frozen dataclasses: Config holds every size that rebuilds the
    network, Recipe every number of its training. `loop` names the module of
    `models.learning` (or the family's own) whose `learn(job)` trains it.
    """

    id: ClassVar[str]
    row: ClassVar[str]
    title: ClassVar[Words]
    summary: ClassVar[Words]
    gives: ClassVar[Kind]
    takes: ClassVar[tuple[Takes, ...]] = ()
    live: ClassVar[bool] = True
    place: ClassVar[int] = 50  # in the lists of the page: lower comes first, then by id
    Config: ClassVar[type]
    Recipe: ClassVar[type]
    loop: ClassVar[str] = "models.learning.adversarial"
    metrics: ClassVar[tuple[str, ...]] = ()

    def config(self, facts: Mapping[str, Any] | None = None) -> Any:
        """The configuration from a card's JSON (lists become tuples), or the default one."""
        return self.Config(**{k: _tuples(v) for k, v in (facts or {}).items()})

    def tiny(self) -> Any:
        """A configuration of about ten thousand parameters for tests with random weights."""
        raise NotImplementedError

    def fit_to(self, config: Any, data: Any) -> Any:
        """The configuration adjusted to a data set (classes, channels); by default unchanged."""
        return config

    def controls(self, config: Any) -> tuple[Control, ...]:
        """What a person may set, in the order of the page."""
        raise NotImplementedError

    def build(self, config: Any) -> torch.nn.Module:
        """The network that answers requests, with fresh weights, in evaluation mode."""
        raise NotImplementedError

    def tiling(self, config: Any, asked: Asked) -> Tiling | None:
        """How a large picture is cut for this request; None: it has to be seen whole."""
        return None

    def size(self, config: Any, asked: Asked) -> tuple[int, int] | None:
        """(height, width) of the picture that will come out, before any work; None: not large."""
        return None

    def finish(self, network: torch.nn.Module, config: Any) -> None:
        """Called once when weights are published: settle statistics, find directions."""

    def noise(self, config: Any, asked: Asked) -> np.ndarray:
        """This sample's own noise, float32, drawn on the CPU from its seed alone."""
        raise NotImplementedError

    def generate(
        self, network: torch.nn.Module, config: Any, asked: Sequence[Asked], noise: torch.Tensor
    ) -> Any:
        """Pure function of its arguments. Pictures: (batch, 1 | 3 | 4, height, width), -1..1."""
        raise NotImplementedError


def _tuples(value: Any) -> Any:
    """JSON's lists, at every depth, as the tuples that a frozen configuration holds."""
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value
