"""What the units of the cards' measures are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from models.family import Words

UNITS: Mapping[str, Words] = {
    "share": Words("share", "比例"),
    "of the PCA-Gaussian's": Words("of the PCA-Gaussian's", "(以主成分高斯为 1)"),
    "mean steps": Words("mean steps", "平均步长"),
    "bits": Words("bits", "比特"),
    "nats": Words("nats", "纳特"),
    "nats a step": Words("nats a step", "纳特/步"),
    "of full": Words("of full", "(满力度为 1)"),
    "half steps": Words("half steps", "半步"),
    "of the Gaussian's": Words("of the Gaussian's", "(以高斯分布为 1)"),
    "dB": Words("dB", "分贝"),
    "pieces/s": Words("pieces/s", "片/秒"),
    "nats a place": Words("nats a place", "纳特/位置"),
    "correlation": Words("correlation", "相关系数"),
    "cosine": Words("cosine", "余弦"),
    "times": Words("times", "倍"),
    "semitones": Words("semitones", "半音"),
    "words": Words("words", "个词"),
    "1 to 5": Words("1 to 5", "(1 至 5 分)"),
    "of 32": Words("of 32", "(共 32)"),
    "of 255": Words("of 255", "(满值为 255)"),
}
