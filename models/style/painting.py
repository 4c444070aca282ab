"""From a person's picture to a painted one of the same size, whatever network paints.

The network sees the picture at a working size, which decides how wide a stroke is. What is larger
than a million pixels is painted in tiles, with the statistics of the whole picture, so that no tile
has a look of its own. Strength, colours, detail and mask are arithmetic on pixels after that; the
page does the same arithmetic under the finger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from models.family import Asked
from models.layers.whole_norm import statistics, using

BASE = 512  # longer side in pixels that is painted at the default brush
BRUSH = 8  # that default; half of it paints twice as many pixels
WHOLE = 1_100_000  # pixels that are painted in one piece
TILE = 768  # side of a tile's inside
REACH = 96  # pixels that the networks look around; a multiple of their step
LUMA = (0.299, 0.587, 0.114)

Turn = Callable[[torch.Tensor], torch.Tensor]  # (1, 3, h, w) -> (1, 3, h, w)
Steps = Iterator[tuple[float, list[torch.Tensor] | None]]


def paint(network: torch.nn.Module, turn: Turn, asked: Asked) -> torch.Tensor | Steps:
    """The picture of one request painted: (3 | 4, h, w) in -1..1, or steps towards it.

    `turn` is a pass of `network` with everything but the picture settled; below a strength of
    `network.fade` the painting is laid over the picture more and more thinly.
    """
    device = next(network.parameters()).device
    given = torch.from_numpy(np.array(asked.inputs["picture"])).to(device)
    x = given.permute(2, 0, 1)[None].float().div_(127.5).sub_(1)
    x, alpha = (x[:, :3], x[:, 3:]) if x.shape[1] > 1 else (x.expand(-1, 3, -1, -1), x[:, 1:])
    work = working(x, asked.controls["brush"])
    share = mixed(min(1.0, asked.controls["strength"] / network.fade), asked.inputs, x)
    finish = partial(_finished, x, work, alpha=alpha, share=share, controls=asked.controls)
    if work.shape[2] * work.shape[3] <= WHOLE:
        return finish(padded(turn, work, network))
    return _stepwise(network, turn, work, finish)


def painted(network: torch.nn.Module, turns: list[Turn], asked: list[Asked]) -> Any:
    """What `generate` answers: a list of pictures, or the steps of a single large one."""
    made = [paint(network, turn, one) for turn, one in zip(turns, asked, strict=True)]
    if not any(isinstance(m, Iterator) for m in made):
        return made
    if len(made) > 1:
        raise TypeError("pictures that are painted in tiles are painted one at a time")
    return made[0]


def working(x: torch.Tensor, brush: float) -> torch.Tensor:
    """(1, 3, h, w) at the size that the network sees; never enlarged."""
    h, w = x.shape[2:]
    longer = max(h, w)
    side = min(longer, max(1, round(min(longer, BASE) * BRUSH / brush)))
    return x if side == longer else _sized(x, h * side / longer, w * side / longer)


def _sized(x: torch.Tensor, h: float, w: float) -> torch.Tensor:
    size = max(1, round(h)), max(1, round(w))
    return F.interpolate(x, size=size, mode="bilinear", antialias=True, align_corners=False)


def padded(
    turn: Turn, x: torch.Tensor, network: torch.nn.Module, margin: int | None = None
) -> torch.Tensor:
    """One pass with a mirrored margin around and sides made divisible by the network's step, cut
    back after. The margin, the network's own unless told, is a multiple of its step.

    Networks see zeros outside a picture: their first pixels would be a rim. One that learns without
    a margin even lowers its style loss by dark bars there, and what is inside stays pale.
    """
    h, w = x.shape[2:]
    step, margin = network.step, network.margin if margin is None else margin
    down, right = (margin + -side % step for side in (h, w))
    mode = "reflect" if min(h, w) > margin + step else "replicate"
    made = turn(F.pad(x, (margin, right, margin, down), mode=mode))
    return made[:, :, margin : margin + h, margin : margin + w]


def _stepwise(network, turn: Turn, work: torch.Tensor, finish) -> Steps:
    """Tiles of a large picture; its statistics come from the whole of it, read smaller."""
    h, w = work.shape[2:]
    shrink = (WHOLE / (h * w)) ** 0.5
    small = _sized(work, h * shrink, w * shrink)
    made = torch.empty_like(work)
    tiles = [(top, left) for top in range(0, h, TILE) for left in range(0, w, TILE)]
    found = statistics(network, lambda: padded(turn, small, network))
    for number, (top, left) in enumerate(tiles):
        up, back = max(top - REACH, 0), max(left - REACH, 0)
        tile = work[:, :, up : top + TILE + REACH, back : left + TILE + REACH]
        with using(found):
            inside = padded(turn, tile, network)[:, :, top - up :, left - back :]
        inside = inside[:, :, :TILE, :TILE]
        made[:, :, top : top + inside.shape[2], left : left + inside.shape[3]] = inside
        yield (number + 1) / (len(tiles) + 1), None
    yield 1.0, [finish(made)]


def _finished(x, work, made, alpha, share, controls: Mapping[str, Any]) -> torch.Tensor:
    """The painted working picture at the size of x, `share` of it laid over x."""
    if work.shape != x.shape:
        made = _enlarged(made, x) + controls["detail"] * (x - _enlarged(work, x))
    if controls["colours"]:
        weights = torch.tensor(LUMA, device=x.device).view(1, 3, 1, 1)
        made = x + ((made.clamp(-1, 1) - x) * weights).sum(1, keepdim=True)
    made = torch.cat([torch.lerp(x, made.clamp(-1, 1), share).clamp(-1, 1), alpha], 1)
    return made[0]


def _enlarged(x: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    size = like.shape[2:]
    return F.interpolate(x, size=size, mode="bicubic", align_corners=False)


def mixed(strength: float, inputs: Mapping[str, Any], x: torch.Tensor) -> torch.Tensor:
    """How much of the painting shows at every spot of x: (1, 1, h, w), or one number for all."""
    mask = inputs.get("mask")
    if mask is None:
        return torch.tensor(strength, device=x.device, dtype=x.dtype)
    light = torch.from_numpy(np.array(mask[..., :3])).to(x).mean(2)[None, None] / 255
    return strength * F.interpolate(light, size=x.shape[2:], mode="bilinear", align_corners=False)
