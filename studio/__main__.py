"""python -m studio models | run | bench | doctor: the studio without a browser.

Exit 0: done. Exit 1: something is wrong with the studio itself. Exit 2: something is wrong with
what was asked; one sentence on standard error says what.
"""

from __future__ import annotations

import importlib
import sys

from studio.sentences import PersonError, shown

COMMANDS = {
    "models": ("studio.commands.models", "list the published models"),
    "run": ("studio.commands.run", "answer one request and write its file"),
    "bench": ("studio.bench", "ours and a reference side by side"),
    "doctor": ("studio.commands.doctor", "check versions, device, data and every model"),
}


def main(words: list[str] | None = None) -> int:
    """The first word chooses the command; only its module is imported."""
    words = sys.argv[1:] if words is None else words
    if not words or words[0] in ("-h", "--help"):
        print("usage: python -m studio COMMAND [options]; each command knows --help\n")
        print("\n".join(f"  {name:8}{what}" for name, (_, what) in COMMANDS.items()))
        return 0 if words else 2
    try:
        if words[0] not in COMMANDS:
            raise PersonError(f"{shown(words[0])} is no command; there are {', '.join(COMMANDS)}.")
        return importlib.import_module(COMMANDS[words[0]][0]).main(words[1:])
    except PersonError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
