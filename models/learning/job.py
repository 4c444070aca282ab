"""One training job, used by every loop: folder, clock, pause, saved state, curves, ledger."""

from __future__ import annotations

import dataclasses
import json
import platform
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from models.family import Family
from models.learning.ledger import write_ledger
from models.learning.pause import ended, wait_while_paused
from models.registry import cards
from models.weights import load_network

SAVE_EVERY = 180.0  # seconds; what an interruption costs at most
SHEET_EVERY = 300.0


@dataclass
class Job:
    """What is trained, on what, for how long. `spent` counts minutes over all resumed parts."""

    family: Family
    config: Any
    recipe: Any
    data: str
    minutes: float
    device: torch.device
    resume: bool
    folder: Path
    most_steps: int | None = None  # an end that does not depend on the machine, for tests
    changed: tuple[str, ...] = ()  # NAME=VALUE that the command line set, for the card's command
    step: int = 0
    seen: int = 0
    spent: float = 0.0
    rows: list[dict[str, float]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.family.id} on {self.data}"

    def mixed(self) -> torch.autocast:
        """bf16 arithmetic where the device has it; weights and moments stay float32.

        A CPU without AVX-512 only emulates bf16: a DCGAN critic's step took 17 times as long.
        """
        able = self.device.type != "cpu" or torch.backends.cpu.get_cpu_capability() == "AVX512"
        return torch.autocast(self.device.type, torch.bfloat16, enabled=able)

    def restore(self, parts: dict[str, Any], later: Sequence[str] = ()) -> bool:
        """Load the saved state into `parts` (modules, optimisers); False where there is none.

        Those that join `later` in a training may be missing from the state, and stay as they are.
        Rates are not restored: what this run was asked for holds.
        """
        path = self.folder / "state.pt"
        if not (self.resume and path.exists()):
            return False
        # weights_only: our own file, yet nothing in it may run code
        state = torch.load(path, map_location=self.device, weights_only=True)
        for name, part in parts.items():
            if name in state["parts"] or name not in later:
                _load(part, state["parts"][name])
        self.step, self.seen, self.spent = state["step"], state["seen"], state["spent"]
        self.rows = state["rows"]
        return True

    def warm_start(self, networks: list[torch.nn.Module]) -> bool:
        """Where a resumed job lost its state: begin with the published weights, if any."""
        card = cards().get(f"{self.family.id}-{Path(self.data).name}")
        if not self.resume or card is None:
            return False
        published = load_network(card, self.device).state_dict()
        for network in networks:
            network.load_state_dict(published)
        self.seen = card.cost.get("training_samples", 0)
        self.spent = card.cost.get("training_minutes", 0.0)
        return True

    def save(self, parts: dict[str, Any]) -> None:
        """Write the whole state; the old file stays until the new one is complete."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "parts": {name: part.state_dict() for name, part in parts.items()},
            "step": self.step,
            "seen": self.seen,
            "spent": self.spent,
            "rows": self.rows,
        }
        torch.save(state, self.folder / "state.new")
        (self.folder / "state.new").replace(self.folder / "state.pt")
        plan = {
            "family": self.family.id,
            "data": self.data,
            "config": dataclasses.asdict(self.config),
            "recipe": dataclasses.asdict(self.recipe),
            "device": describe(self.device),
            "changed": list(self.changed),
        }
        (self.folder / "job.json").write_text(json.dumps(plan, indent=1, ensure_ascii=False))

    def steps(self, batch: int, save, sheet) -> Iterator[int]:
        """Count steps until the minutes are over; pause, save and draw in between.

        Paused time does not count. `save()` and `sheet()` are called every few minutes and at
        the end. An interrupt (Ctrl-C) ends the job in order, with its state saved.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        last = saved = drawn = time.monotonic()
        bar = tqdm(total=round(self.minutes * 60), unit="s", desc=self.name, mininterval=5)
        done, begun, first = 0.0, (self.seen, self.spent), self.step
        try:
            while done < self.minutes * 60 and self.step - first != self.most_steps:
                if wait_while_paused():
                    last = time.monotonic()
                yield self.step
                self.step += 1
                self.seen += batch
                now = time.monotonic()
                done, self.spent, passed = (
                    done + now - last,
                    self.spent + (now - last) / 60,
                    now - last,
                )
                last = now
                bar.update(min(passed, bar.total - bar.n))
                if self.rows and self.step % 20 == 0:
                    bar.set_postfix(self.rows[-1], refresh=False)
                if now - drawn > SHEET_EVERY:
                    sheet()
                    last = drawn = time.monotonic()
                if now - saved > SAVE_EVERY:
                    save()
                    last = saved = time.monotonic()
        except KeyboardInterrupt:
            print("stopped: state saved")
        finally:
            bar.close()
            save()
            sheet()
            self.finish(self.seen - begun[0], self.spent - begun[1])

    def note(self, **values: float) -> None:
        """Remember one row of losses; kept every hundredth step, so that a long run stays small."""
        if self.step % 100 == 0:
            row = {"step": self.step, "seen": self.seen, "minutes": round(self.spent, 2)}
            self.rows.append(row | {k: round(float(v), 5) for k, v in values.items()})

    def finish(self, seen: int, minutes: float) -> None:
        """Draw the curves and write the ledger's line for this part of the job."""
        ended()
        self._curves()
        self._ledger(seen, minutes)

    def _curves(self) -> None:
        try:
            from models.learning.sheet import curves
        except ImportError:  # a bare training machine without matplotlib keeps the numbers
            return
        if self.rows:
            curves(self.rows, self.folder / "curves.png", self.name)

    def _ledger(self, seen: int, minutes: float) -> None:
        last = {k: v for k, v in (self.rows[-1] if self.rows else {}).items() if k != "step"}
        write_ledger(
            family=self.family.id,
            data=Path(self.data).name,
            minutes=round(minutes, 2),
            threads=torch.get_num_threads(),
            seen=seen,
            total_seen=self.seen,
            total_minutes=round(self.spent, 2),
            device=describe(self.device),
            last=last,
        )


def describe(device: torch.device) -> str:
    """The machine in words for ledger and card."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return f"{platform.machine()} CPU, {torch.get_num_threads()} cores"


def _load(part: Any, state: dict[str, Any]) -> None:
    """An optimiser keeps the rates that it was made with."""
    rates = [group["lr"] for group in getattr(part, "param_groups", ())]
    part.load_state_dict(state)
    for group, rate in zip(getattr(part, "param_groups", ()), rates, strict=True):
        group["lr"] = rate
