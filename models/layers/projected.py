"""A critic that sees with the frozen eye, instead of learning to see by itself.

Sauer, Chitta, Müller, Geiger, "Projected GANs Converge Faster", 2021 (arXiv 2111.01007): the eye's
maps are mixed across channels and from coarse to fine by fixed random convolutions, so that no
single feature can be catered to, and a small critic looks at each. The eye's last map is left out:
it is one of the two by which FD-eye measures. One more critic looks at the pixels themselves: the
eye halves the side at once and does not see a mesh of single pixels.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

from models.layers.critic import Critic

DEPTHS = 3  # of the eye's four maps: at 1/2, 1/4 and 1/8 of the side
WIDTHS = (48, 96, 128)  # of the mixed maps
END = 4  # side at which every head gives its opinions


class ProjectedCritic(nn.Module):
    """(n, 3, size, size) in -1..1 -> opinions of all heads in one row; `eye` is not trained, and
    is not part of the saved state."""

    def __init__(self, eye: nn.Module, size: int):
        super().__init__()
        self._eye = (eye.requires_grad_(False),)
        with torch.no_grad():
            maps = eye.first(torch.zeros(1, 3, size, size), DEPTHS)
        chance = torch.Generator().manual_seed(0)
        for i, (seen, wide) in enumerate(zip(maps, WIDTHS, strict=True)):
            self.register_buffer(f"across_{i}", fixed(wide, seen.shape[1], 1, chance))
            if i:
                self.register_buffer(f"finer_{i}", fixed(WIDTHS[i - 1], wide, 3, chance))
        self.heads = nn.ModuleList(
            head(wide, seen.shape[-1]) for seen, wide in zip(maps, WIDTHS, strict=True)
        )

        self.pixels = head(3, size)

    def forward(self, x: torch.Tensor, labels: torch.Tensor | None = None) -> torch.Tensor:
        """x (n, 3, size, size) -> (opinions,)"""
        (eye,) = self._eye
        pairs = zip(self.heads, self._mixed(eye.first(x, DEPTHS)), strict=True)
        opinions = [judge(seen) for judge, seen in pairs]
        return torch.cat([o.flatten() for o in (*opinions, self.pixels(x))])

    def _mixed(self, maps: tuple[torch.Tensor, ...]) -> list[torch.Tensor]:
        """From coarse to fine, each map with what the coarser ones say."""
        mixed = [F.conv2d(maps[-1], getattr(self, f"across_{DEPTHS - 1}").to(maps[-1]))]
        for i in range(DEPTHS - 2, -1, -1):
            # at the coarser size: a fourth of the work
            coarse = F.conv2d(mixed[0], getattr(self, f"finer_{i + 1}").to(mixed[0]), padding=1)
            coarse = F.interpolate(coarse, scale_factor=2.0, mode="bilinear")
            mixed.insert(0, coarse + F.conv2d(maps[i], getattr(self, f"across_{i}").to(maps[i])))
        return mixed


def fixed(wide: int, seen: int, side: int, chance: torch.Generator) -> torch.Tensor:
    """A random convolution (wide, seen, side, side) that keeps the power of its input."""
    weight = torch.randn(wide, seen, side, side, generator=chance)
    return weight / math.sqrt(seen * side**2)


def head(wide: int, side: int) -> nn.Sequential:
    """(n, wide, side, side) -> (n, 1, END, END)"""
    layers: list[nn.Module] = []
    while side > END:
        out = 128 if side <= 32 else 48
        layers += [
            spectral_norm(nn.Conv2d(wide, out, 4, 2, 1, bias=False)),
            nn.BatchNorm2d(out),
            nn.LeakyReLU(0.2, inplace=True),
        ]
        wide, side = out, side // 2
    return nn.Sequential(*layers, spectral_norm(nn.Conv2d(wide, 1, 3, 1, 1)))


def opponent(config, recipe) -> nn.Module:
    """A plain critic, or with the recipe's `eye` one over the published eye."""
    if not recipe.eye:
        return Critic(config.size, config.channels, recipe.critic_base)
    from models.registry import judge
    from models.weights import load_network

    return ProjectedCritic(load_network(judge("eye")), config.size)
