"""Resizing on the host by PIL, antialiased where it makes smaller."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from models.family import Asked
from models.layers.enlarge import deep

from .family import size_of


def resized(asked: Asked) -> torch.Tensor | np.ndarray:
    """The picture at the size and in the way that was asked, (channels, h, w) in -1..1.

    Grey of 16 bits comes back as such, uint16 (h, w, 1).

    PIL weighs transparent pixels' colours by their alpha, so no rim appears.
    """
    picture = asked.inputs["picture"]
    if picture.dtype == np.uint16:
        picture = picture.astype(np.float32)
    image = Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture)
    height, width = size_of(*picture.shape[:2], asked.controls["times"], asked.controls["longest"])
    made = np.array(image.resize((width, height), Image.Resampling[asked.controls["way"].upper()]))
    if image.mode == "F":
        return deep(np.atleast_2d(made) / 32767.5 - 1)
    rows = torch.from_numpy(np.atleast_3d(made).transpose(2, 0, 1))
    return rows.to(torch.float32, memory_format=torch.contiguous_format).div_(127.5).sub_(1)
