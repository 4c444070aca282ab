"""Windows of two bars: drawing them, settling what a network must know of them, showing them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from models.values import Notes

LOOKED_AT = 4096


class BarLessons:
    """`windows` (n, steps, ...) to learn from, `unseen` held-out ones. A subclass sets `wide`, how
    many chances decide a step, and says what a window is like (`amounts`) and how it is shown."""

    wide = 1
    windows: torch.Tensor
    unseen: torch.Tensor
    amounts: Callable[[np.ndarray], np.ndarray]
    shown: Callable[[torch.Tensor], list[Notes]]

    def real(self, count: int) -> torch.Tensor:
        """(count, steps, ...) training windows as they may be played"""
        raise NotImplementedError

    def draw(self, count: int) -> torch.Tensor:
        """(count, steps, ...) windows to learn from"""
        return self.real(count)

    def held(self) -> torch.Tensor:
        return self.unseen

    def settle(self, network) -> None:
        """How the latents of training windows are spread, and where the named directions go."""
        torch.manual_seed(0)
        some = self.real(LOOKED_AT)
        means, spreads = zip(*(network.encode(part) for part in some.split(512)), strict=True)
        means, spreads = torch.cat(means).detach(), torch.cat(spreads).detach()
        network.calibrate(means, spreads)
        network.point(means, torch.from_numpy(np.stack([self.amounts(x) for x in some.numpy()])))

    def pictures(self, network) -> list[list[Notes]]:
        """Unseen windows, what came back, and samples."""
        real = self.unseen[:: max(1, len(self.unseen) // 8)][:8]
        still = torch.zeros(len(real), network.steps, self.wide)
        again = network.write(network.encode(real)[0], still, torch.zeros(len(real)))
        torch.manual_seed(0)
        noise = torch.randn(16, network.middle.shape[0]) * 0.8
        chance = torch.rand(16, network.steps, self.wide)
        made = network.write(network.place(noise), chance, torch.full((16,), 0.7))
        return [self.shown(part) for part in (real, again, made[:8], made[8:])]
