"""What a named data set is, who made it and under which terms. Torch is not imported here."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from models.family import Words


@dataclass(frozen=True)
class Source:
    """One data set: where it lies below the data folder, and what its card must say."""

    name: str
    file: str
    title: str
    authors: str
    licence: str
    terms: str  # what a person who uses the outputs must do, in one sentence
    terms_zh: str
    noun: Words  # what it holds, for a model's title
    labels: tuple[str, ...] = ()  # columns of labels.tsv that conditions may use
    mirror: bool = True  # False where a mirrored picture would be a wrong one
    sides: tuple[str, str, str] | None = None  # a column, and two names that a mirror exchanges
    show: bool = True  # whether its own pictures may be shown on the page

    def facts(self) -> dict:
        """For the card."""
        facts = asdict(self)
        return {k: facts[k] for k in ("name", "title", "authors", "licence", "terms", "terms_zh")}
