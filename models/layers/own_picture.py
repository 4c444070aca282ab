"""A person's own picture as a network's input: cropped, shrunk and brought to -1..1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from models.data.pictures import fit
from models.family import Asked, Slider, Takes, Words

if TYPE_CHECKING:  # families declare OWN and NEAR, and a declaration is read without torch
    import torch

OWN = Takes(
    name="picture",
    kind="picture",
    label=Words("Your picture", "您的图片"),
    help=Words(
        "Its middle square is encoded, and the controls move from there.",
        "取图片中间的正方形进行编码,然后由控件从那里出发变化。",
    ),
    required=False,
)

NEAR = Slider(
    name="near",
    label=Words("Closeness to your picture", "与您图片的接近程度"),
    help=Words(
        "1 starts from your own picture, 0 from the seed; without a picture it changes nothing.",
        "1 表示从您的图片出发,0 表示从种子出发;没有放入图片时不起作用。",
    ),
    low=0.0,
    high=1.0,
    step=0.05,
    default=1.0,
)


def own_pictures(asked: Sequence[Asked], prepared: Callable) -> dict[int, torch.Tensor]:
    """The pictures that people put in, by their row in the batch; `prepared(array)` reads one."""
    given = {i: a.inputs.get("picture") for i, a in enumerate(asked)}
    return {i: prepared(picture) for i, picture in given.items() if picture is not None}


def prepare(picture: np.ndarray, size: int, channels: int) -> torch.Tensor:
    """(height, width, 1 | 3 | 4) uint8 -> (channels, size, size) in -1..1, on white."""
    import torch

    image = Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture)
    if image.mode == "RGBA" and channels < 4:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return torch.from_numpy(fit(image, size, channels).copy()).float() / 127.5 - 1


def prepare_digit(picture: np.ndarray, size: int) -> torch.Tensor:
    """The same for one written digit: light ink on black, cropped and centred as MNIST's are.

    MNIST's makers fit the ink into 20 of 28 pixels and put its centre of mass in the middle.
    """
    import torch

    image = Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture[..., :3])
    ink = np.asarray(image.convert("L"), np.float32)
    if np.median(ink) > 127:
        ink = 255 - ink
    ink = np.clip((ink - np.median(ink)) / max(np.ptp(ink), 1.0) * 1.3, 0, 1)
    rows, columns = np.nonzero(ink.max(1) > 0.3)[0], np.nonzero(ink.max(0) > 0.3)[0]
    square = np.zeros((size, size), np.float32)
    if len(rows) and len(columns):
        cut = Image.fromarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
        room = size * 20 // 28
        scale = room / max(cut.size)
        wide, high = (max(1, round(s * scale)) for s in cut.size)
        cut = np.asarray(cut.resize((wide, high), Image.Resampling.BOX))
        mass = max(float(cut.sum()), 1e-6)
        down = round(size / 2 - float((cut.sum(1) * np.arange(high)).sum()) / mass)
        right = round(size / 2 - float((cut.sum(0) * np.arange(wide)).sum()) / mass)
        down = min(max(down, 0), size - high)
        right = min(max(right, 0), size - wide)
        square[down : down + high, right : right + wide] = cut
    return torch.from_numpy(square)[None] * 2 - 1
