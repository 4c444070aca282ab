"""Two generators, there and back, and their critics.

A generator works on 2x2 pixels at once (a quarter of the positions of the original's outermost
layers, which took most of its time) and says what changes: its answer is the picture plus a
difference. So it begins as the identity, and no minute is spent on learning to copy.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

from models.layers.subpixel import shuffled
from models.layers.whole_norm import WholeNorm


class Block(nn.Module):
    """Two 3x3 convolutions around a short cut; (n, wide, h, w) keeps its shape."""

    def __init__(self, wide: int):
        super().__init__()
        self.first = nn.Conv2d(wide, wide, 3, padding=1, bias=False)
        self.norm_first = WholeNorm(wide)
        self.second = nn.Conv2d(wide, wide, 3, padding=1, bias=False)
        self.norm_second = WholeNorm(wide)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.norm_second(self.second(F.relu(self.norm_first(self.first(x)))))


class Generator(nn.Module):
    """RGB pictures (n, 3, h, w) in -1..1, sides divisible by 4 -> the same in the other domain."""

    step = 4  # sides must be divisible by it

    def __init__(self, base: int, wide: int, blocks: int):
        super().__init__()
        self.enter = nn.Conv2d(12, base, 3, padding=1, bias=False)
        self.norm_enter = WholeNorm(base)
        self.down = nn.Conv2d(base, wide, 3, 2, 1, bias=False)
        self.norm_down = WholeNorm(wide)
        self.blocks = nn.Sequential(*(Block(wide) for _ in range(blocks)))
        self.up = nn.Conv2d(wide, base * 4, 3, padding=1, bias=False)
        self.norm_up = WholeNorm(base)
        self.mix = nn.Conv2d(base * 2, base, 3, padding=1, bias=False)
        self.norm_mix = WholeNorm(base)
        self.leave = nn.Conv2d(base, 12, 3, padding=1)
        nn.init.normal_(self.leave.weight, 0, 0.01)  # begins as the identity, nearly
        nn.init.zeros_(self.leave.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, 3, h, w) -> (n, 3, h, w), not clamped: a critic sees what is out of range"""
        if x.shape[1] != 3 or x.shape[2] % self.step or x.shape[3] % self.step:
            raise ValueError(f"RGB with sides divisible by {self.step} is needed: {x.shape}.")
        fine = F.pixel_unshuffle(x, 2).contiguous(memory_format=torch.channels_last)
        fine = F.relu(self.norm_enter(self.enter(fine)))
        y = self.blocks(F.relu(self.norm_down(self.down(fine))))
        y = F.relu(self.norm_up(shuffled(self.up(y))))
        y = F.relu(self.norm_mix(self.mix(torch.cat([fine, y], 1))))
        return x + shuffled(self.leave(y))


class CycleGan(nn.Module):
    """`there` turns the source domain into the target, `back` the other way."""

    step = Generator.step
    margin = 32
    fade = 1.0  # strength is a cross-fade: a generator says what changes, so this is its blend too

    def __init__(self, config):
        super().__init__()
        sizes = config.base, config.wide, config.blocks
        self.there, self.back = Generator(*sizes), Generator(*sizes)

    def forward(self, x: torch.Tensor, back: bool = False) -> torch.Tensor:
        """x (n, 3, h, w) in -1..1 -> (n, 3, h, w)"""
        return self.back(x) if back else self.there(x)


class Critic(nn.Module):
    """Scores of overlapping patches: one map from pixels, one from the eye's map at 1/4.

    Pixels show grain and strokes of up to 34 px; the eye already knows edges and textures, so its
    head can tell after a few hundred steps (Sauer et al., "Projected GANs Converge Faster", 2021,
    arXiv 2111.01007). One that looks from afar keeps light and colours, which a normalisation of
    each picture would hide; spectral norms hold it instead (Miyato et al. 2018, arXiv 1802.05957).
    """

    def __init__(self, base: int, seen: int, afar: bool = False):
        super().__init__()

        def half(a: int, b: int, normed: bool) -> list[nn.Module]:
            conv = nn.Conv2d(a, b, 4, 2, 1, bias=not normed)
            conv = spectral_norm(conv) if afar else conv
            return [conv, *[WholeNorm(b)] * normed, nn.LeakyReLU(0.2)]

        self.pixels = nn.Sequential(
            *half(3, base, False),
            *half(base, base * 2, not afar), *half(base * 2, base * 4, not afar),
            nn.Conv2d(base * 4, 1, 3, padding=1),
        )  # fmt: skip
        self.maps = nn.Sequential(
            nn.Conv2d(seen, base * 2, 1), nn.LeakyReLU(0.2),
            *half(base * 2, base * 4, False),
            nn.Conv2d(base * 4, 1, 3, padding=1),
        )  # fmt: skip

    def forward(self, x: torch.Tensor, seen: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """x (n, 3, h, w), the eye's map (n, seen, h / 4, w / 4) -> two maps of scores"""
        return self.pixels(x), self.maps(seen)
