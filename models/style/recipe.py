"""What both networks that paint by the eye's statistics learn by; each says what it changes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PaintingRecipe:
    minutes: float = 30
    side: int = 64  # of 96 every step took twice as long and taught no more
    style_side: int = 96  # of the squares whose statistics are wanted
    batch: int = 4
    nearest_content: float = 0.4  # a training square shows at least this share of a side
    style_size: int = 384  # of the job's own data, which is drawn closer: strokes, not scenes
    nearest_style: float = 0.3
    farthest_style: float = 0.6
    rate: float = 1e-3
    rate_body: float = 0.01  # of orthogonal steps, for the decoder's kernels
    average: float = 0.995
    copying: float = 0.0  # share of the minutes that only learns to give a picture back
    content: float = 1.0
    style: float = 12.0  # 2 and 6 changed colours and hardly a stroke in ten minutes each
    colour: float = 5.0  # means and covariance of the pixels themselves
    back: float = 0.0  # a picture in its own style is the picture
    back_every: int = 8
    smooth: float = 0.1
    contents: str = "contents"
