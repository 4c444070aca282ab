"""From a person's picture to a painted one of the same size, whatever network paints.

The network sees the picture at a working size, which decides how wide a stroke is. What is larger
than a million pixels is painted in tiles, with the statistics of the whole picture, so that no tile
has a look of its own. Strength, colours, detail and mask are arithmetic on pixels after that; the
page does the same arithmetic under the finger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from models.family import Asked
from models.layers.whole_norm import statistics, using

BASE = 512  # longer side in pixels that is painted at the default brush
BRUSH = 8  # that default; half of it paints twice as many pixels
WHOLE = 1_100_000  # pixels that are painted in one piece
TILE = 768  # side of a tile's inside at the most; a multiple of the networks' steps
REACH = 96  # pixels that the networks look around; a multiple of their step
LUMA = (0.299, 0.587, 0.114)

Turn = Callable[[torch.Tensor], torch.Tensor]  # (1, 3, h, w) -> (1, 3, h, w)
Steps = Iterator[tuple[float, list[torch.Tensor] | None]]


def paint(network: torch.nn.Module, turn: Turn, asked: Asked) -> torch.Tensor | Steps:
    """The picture of one request painted: (3 | 4, h, w) in -1..1, or steps towards it.

    `turn` is a pass of `network` with everything but the picture settled; below a strength of
    `network.fade` the painting is laid over the picture more and more thinly. The picture stays in
    host memory, a byte a number; what the network sees goes to its device.
    """
    given = torch.from_numpy(np.array(asked.inputs["picture"])).permute(2, 0, 1)[None]
    x, alpha = (given[:, :3], given[:, 3:]) if given.shape[1] > 1 else (
        given.expand(-1, 3, -1, -1), given[:, 1:]
    )  # fmt: skip
    work = working(x, asked.controls["brush"])
    share = mixed(min(1.0, asked.controls["strength"] / network.fade), asked.inputs, x)
    finish = partial(_finished, x, work, alpha=alpha, share=share, controls=asked.controls)
    if work.shape[2] * work.shape[3] <= WHOLE:
        return finish(padded(turn, floats(work), network))
    return _stepwise(network, turn, work, finish)


def floats(x: torch.Tensor) -> torch.Tensor:
    """Bytes as -1..1; what is that already stays as it is."""
    return x.float().div_(127.5).sub_(1) if x.dtype == torch.uint8 else x


def painted(network: torch.nn.Module, turns: list[Turn], asked: list[Asked]) -> Any:
    """What `generate` answers: a list of pictures, or the steps of a single large one."""
    made = [paint(network, turn, one) for turn, one in zip(turns, asked, strict=True)]
    if not any(isinstance(m, Iterator) for m in made):
        return made
    if len(made) > 1:
        raise TypeError("pictures that are painted in tiles are painted one at a time")
    return made[0]


def working(x: torch.Tensor, brush: float) -> torch.Tensor:
    """Bytes (1, 3, h, w) at the size that the network sees, -1..1; at their own size bytes."""
    h, w = x.shape[2:]
    longer = max(h, w)
    side = min(longer, max(1, round(min(longer, BASE) * BRUSH / brush)))
    return x if side == longer else _sized(x, h * side / longer, w * side / longer)


def _sized(x: torch.Tensor, h: float, w: float) -> torch.Tensor:
    """Channel by channel: a photograph of twelve megapixels is 144 MB as floats."""
    size = max(1, round(h)), max(1, round(w))
    return torch.cat(
        [
            F.interpolate(
                floats(one), size=size, mode="bilinear", antialias=True, align_corners=False
            )
            for one in x.split(1, 1)
        ],
        1,
    )


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
    device = next(network.parameters()).device
    made = turn(F.pad(x.to(device), (margin, right, margin, down), mode=mode))
    return made[:, :, margin : margin + h, margin : margin + w].to(x.device)


def _stepwise(network, turn: Turn, work: torch.Tensor, finish) -> Steps:
    """Tiles of a large picture; its statistics come from the whole of it, read smaller.

    All tiles have one size, so that memory which one gives back fits the next.
    """
    h, w = work.shape[2:]
    shrink = (WHOLE / (h * w)) ** 0.5
    small = _sized(work, h * shrink, w * shrink)
    device = next(network.parameters()).device
    made = torch.empty(work.shape)
    down, across = (list(_windows(side, network.step, network.margin)) for side in (h, w))
    tiles = [(y, x) for y in down for x in across]
    found = statistics(network, lambda: padded(turn, small, network))
    for number, (y, x) in enumerate(tiles):
        tile = floats(work[:, :, y.seen][..., x.seen]).to(device)
        with using(found):
            answered = turn(tile)
        made[:, :, y.inside, x.inside] = answered[:, :, y.kept, x.kept]
        yield (number + 1) / (len(tiles) + 1), None
    yield 1.0, [finish(made)]


class Window(NamedTuple):
    """Along one side: what a tile sees, what is kept of what it paints, and where that goes."""

    seen: torch.Tensor
    kept: slice
    inside: slice


def _windows(side: int, step: int, margin: int) -> Iterator[Window]:
    """Equal tiles along a side. Around the inside of each the picture goes on for REACH, but beyond
    the edges only as far as in one piece: mirrored, `margin` and what is missing to a step."""
    inside = -(-side // -(-side // TILE) // step) * step
    end = side + -side % step + margin
    length = min(inside + 2 * REACH, end + margin)
    for begin in range(0, side, inside):
        start = min(max(begin - REACH, -margin), end - length)
        seen = torch.arange(start, start + length) % (2 * side - 2)
        stop = min(begin + inside, side)
        yield Window(
            torch.minimum(seen, 2 * side - 2 - seen),
            slice(begin - start, stop - start),
            slice(begin, stop),
        )


def _finished(x, work, made, alpha, share, controls: Mapping[str, Any]) -> torch.Tensor:
    """The painted working picture at the size of x, `share` of it laid over x.

    Channel by channel, so that a large picture never lies in memory as floats many times over.
    """
    same = made.shape == x.shape

    def channel(i: int) -> tuple[torch.Tensor, torch.Tensor]:
        own = floats(x[:, i : i + 1])
        if same:
            return own, made[:, i : i + 1]
        new, old = (_enlarged(picture[:, i : i + 1], x) for picture in (made, work))
        return own, new.add_((own - old).mul_(controls["detail"]))

    light: float | torch.Tensor = 0.0
    if controls["colours"]:
        for i, weight in enumerate(LUMA):
            own, new = channel(i)
            light = light + (new.clamp(-1, 1) - own).mul_(weight)
    clear = alpha.shape[1]
    spare = same and not clear and not torch.is_grad_enabled()  # nobody needs `made` afterwards
    whole = made if spare else torch.empty(1, 3 + clear, *x.shape[2:])
    for i in range(3):
        own, new = channel(i)
        new = own + light if controls["colours"] else new
        whole[:, i : i + 1] = torch.lerp(own, new.clamp(-1, 1), share).clamp_(-1, 1)
    whole[:, 3:] = floats(alpha)
    return whole[0]


def _enlarged(x: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    size = like.shape[2:]
    return F.interpolate(x, size=size, mode="bicubic", align_corners=False)


def mixed(strength: float, inputs: Mapping[str, Any], x: torch.Tensor) -> torch.Tensor:
    """How much of the painting shows at every spot of x: (1, 1, h, w), or one number for all."""
    mask = inputs.get("mask")
    if mask is None:
        return torch.tensor(strength)
    light = torch.from_numpy(np.array(mask[..., :3])).float().mean(2)[None, None] / 255
    return strength * F.interpolate(light, size=x.shape[2:], mode="bilinear", align_corners=False)
