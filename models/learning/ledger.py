"""The ledger of all training: JSON lines kept in the repository. Torch is not imported here."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def ledger_path() -> Path:
    """Where the ledger lies; STUDIO_LEDGER moves it (tests do)."""
    return Path(os.environ.get("STUDIO_LEDGER", Path(__file__).parents[1] / "ledger.jsonl"))


def write_ledger(**facts: Any) -> None:
    """Append one line with the time."""
    row = {"time": datetime.now(UTC).isoformat(timespec="seconds"), **facts}
    with ledger_path().open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
