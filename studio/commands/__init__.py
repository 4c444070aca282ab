"""The commands of `python -m studio`, one module each with `main(words) -> exit code`."""

from __future__ import annotations

import argparse
from typing import NoReturn

from studio.sentences import PersonError


class Parser(argparse.ArgumentParser):
    """A parser that answers bad options with one sentence instead of a page of usage."""

    def __init__(self, command: str, about: str | None) -> None:
        super().__init__(prog=f"python -m studio {command}", description=about, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Raise PersonError with argparse's own words and where to read more."""
        raise PersonError(f"{self.prog}: {message} (see --help).")
