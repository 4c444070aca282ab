"""What style families share: the photograph they take, direction, and how the answer is finished."""

from __future__ import annotations

import numpy as np

from models.family import Choice, Control, Takes, Words

CONTENT = Takes(
    name="picture",
    kind="picture",
    label=Words("Your picture", "您的图片"),
    help=Words(
        "The photograph to paint; it keeps its size to the pixel.",
        "要绘制的照片;尺寸保持不变,精确到像素。",
    ),
    limit=6000,
)

NAMES = {
    "photo": Words("photograph", "照片"),
    "monet": Words("painting by Monet", "莫奈的画"),
    "day": Words("day", "白天"),
    "sunset": Words("sunset", "日落"),
}


def direction(source: str, target: str) -> Choice:
    """Which of the two generators answers."""

    def words(a: str, b: str) -> Words:
        left, right = (NAMES.get(name, Words(name, name)) for name in (a, b))
        return Words(f"{left.en} to {right.en}", f"{left.zh}变成{right.zh}")

    return Choice(
        name="direction",
        label=Words("Direction", "方向"),
        help=Words("Which way the picture is turned.", "图片往哪个方向转换。"),
        options=(("there", words(source, target)), ("back", words(target, source))),
        default="there",
    )


def finish_controls() -> tuple[Control, ...]:
    return ()


def nothing() -> np.ndarray:
    """Style families draw no noise; the engine stacks one empty row a request."""
    return np.zeros(0, np.float32)


STYLE = Takes(
    name="style",
    kind="picture",
    label=Words("Style picture", "风格图片"),
    help=Words("The picture whose manner is taken.", "提供绘画手法的图片。"),
    limit=4096,
)
