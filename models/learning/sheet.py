"""Sample sheets and loss curves: what a person looks at while a model learns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image


def grid(pictures: np.ndarray, columns: int = 8) -> Image.Image:
    """(n, c, h, w) uint8 -> one picture; transparent pixels stand on light grey."""
    n, c, h, w = pictures.shape
    rows = -(-n // columns)
    sheet = Image.new("RGB", (columns * w, rows * h), (200, 200, 200))
    for i, picture in enumerate(pictures):
        tile = Image.fromarray(picture[0] if c == 1 else picture.transpose(1, 2, 0))
        place = (i % columns * w, i // columns * h)
        sheet.paste(tile, place, tile if c == 4 else None)
    return sheet


def curves(rows: Sequence[dict[str, float]], path: Path, title: str) -> None:
    """Every column of `rows` over the samples seen, one small plot each."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = [k for k in rows[-1] if k not in ("step", "seen", "minutes")]
    figure, axes = pyplot.subplots(len(names), 1, figsize=(7, 2 * len(names)), squeeze=False)
    for axis, name in zip(axes[:, 0], names, strict=True):
        shown = [r for r in rows if name in r]
        axis.plot([r["seen"] for r in shown], [r[name] for r in shown], linewidth=0.8)
        axis.set_ylabel(name)
    axes[-1, 0].set_xlabel("samples seen")
    figure.suptitle(title)
    figure.tight_layout()
    figure.savefig(path, dpi=90)
    pyplot.close(figure)
