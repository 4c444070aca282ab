"""What every judge shares: a family without controls that no page shows."""

from __future__ import annotations

from typing import Any

from models.family import Control, Family


class Judge(Family):
    """Trained and published like any family, found by `registry.judge(name)`, never in a tab."""

    gives = "text"
    live = False

    def controls(self, config: Any) -> tuple[Control, ...]:
        return ()

    def examine(self, network: Any, config: Any, data: str) -> list[dict[str, Any]]:
        """Rows for the card: how good this judge is on real test pictures."""
        raise NotImplementedError
