"""What style families share: what they take in, and the controls of how a painting is finished."""

from __future__ import annotations

import numpy as np

from models.family import Choice, Control, Slider, Switch, Takes, Words

CONTENT = Takes(
    name="picture",
    kind="picture",
    label=Words("Your picture", "您的图片"),
    help=Words(
        "The picture to paint; it keeps its size to the pixel.",
        "要绘制的图片;尺寸精确到像素,保持不变。",
    ),
    limit=6000,
)
MASK = Takes(
    name="mask",
    kind="picture",
    label=Words("Mask", "蒙版"),
    help=Words(
        "Paints only where this picture is white; it is stretched to your picture.",
        "只在此图为白色的地方作画;它会被拉伸到您图片的大小。",
    ),
    required=False,
    limit=6000,
)
STRENGTH = Slider(
    name="strength",
    label=Words("Strength", "强度"),
    help=Words("0 is your picture, 1 the painting.", "0 是您的图片,1 是完整的画。"),
    low=0.0,
    high=1.0,
    step=0.01,
    default=1.0,
)
COLOURS = Switch(
    name="colours",
    label=Words("Keep colours", "保留颜色"),
    help=Words(
        "Takes light and strokes from the painting and colours from your picture.",
        "明暗和笔触取自画作,颜色取自您的图片。",
    ),
)
BRUSH = Slider(
    name="brush",
    label=Words("Brush size", "笔触大小"),
    help=Words(
        "Width of a stroke: 8 paints 512 pixels, 4 paints 1,024, 1 paints 4,096 and takes long.",
        "笔触宽度:8 按 512 像素作画,4 按 1024,1 按 4096 且耗时较长。",
    ),
    low=1.0,
    high=16.0,
    step=1.0,
    default=8.0,
    group="brush",
)
DETAIL = Slider(
    name="detail",
    label=Words("Fine detail", "细节"),
    help=Words(
        "How much of what is finer than a stroke comes back from your picture.",
        "比笔触更细的内容有多少从您的图片中恢复。",
    ),
    low=0.0,
    high=1.0,
    step=0.05,
    default=0.5,
    group="brush",
)
BLEND = Slider(
    name="blend",
    label=Words("Blend", "混合"),
    help=Words("0 is the first style alone, 1 the second alone.", "0 只用第一种,1 只用第二种。"),
    low=0.0,
    high=1.0,
    step=0.05,
    default=0.0,
    group="blend",
)
FINISH: tuple[Control, ...] = (STRENGTH, COLOURS, BRUSH, DETAIL)

NAMES = {
    "photo": Words("photograph", "照片"),
    "monet": Words("painting by Monet", "莫奈的画"),
    "day": Words("day", "白天"),
    "sunset": Words("sunset", "日落"),
}


def direction(source: str, target: str) -> Choice:
    """Which of the two generators answers."""
    a, b = (NAMES.get(name, Words(name, name)) for name in (source, target))
    return Choice(
        name="direction",
        label=Words("Direction", "方向"),
        help=Words("Which way your picture is turned.", "您的图片往哪个方向转换。"),
        options=(
            ("there", Words(f"{a.en} to {b.en}", f"{a.zh}变成{b.zh}")),
            ("back", Words(f"{b.en} to {a.en}", f"{b.zh}变成{a.zh}")),
        ),
        default="there",
    )


def nothing() -> np.ndarray:
    """Style families draw nothing at random: the same picture is painted the same way."""
    return np.zeros(0, np.float32)
