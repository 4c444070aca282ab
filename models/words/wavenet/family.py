"""WaveNet over pieces of words: van den Oord and others, "WaveNet", 2016 (arXiv 1609.03499).

Sampling keeps what each layer has seen (Paine and others, 2016, arXiv 1611.09482)."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.words.writer import Writer


@dataclass(frozen=True)
class Config:
    pieces: int = 2000  # 3000 shortened texts by 4 % and cost a third more
    letters: int = 0  # bytes of the vocabulary, set by the data
    lexicon: int = 0  # bytes of the known words, set by the data
    embed: int = 96  # narrow, since the softmax over all pieces is half of the work
    width: int = 112  # 128 took a quarter more of a file
    dilations: tuple[int, ...] = (1, 2, 4, 8, 16, 32, 64)
    drop: float = 0.1
    most: int = 400
    usual: int = 120


class WaveNetWords(Writer):
    id = "words/wavenet"
    row = "W6"
    place = 32
    title = Words("WaveNet of words", "文字 WaveNet")
    summary = Words(
        "Dilated convolutions look back over 128 pieces at once; no state runs through the text.",
        "用空洞卷积一次回看 128 个词片;没有贯穿全文的状态。",
    )
    Config = Config

    def tiny(self):
        return Config(
            pieces=40, letters=150, embed=12, width=16, dilations=(1, 2), most=24, usual=12
        )

    def build(self, config):
        from .network import WaveNet

        return WaveNet(config).eval()


FAMILY = WaveNetWords()
