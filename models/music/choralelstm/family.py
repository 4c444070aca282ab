"""Chorales with an LSTM: Hochreiter and Schmidhuber, "Long Short-Term Memory", Neural Computation
9, 1997; everything else is `music/chorales`, so that the two memories can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from models.family import Words
from models.music.chorales import family as chorales


@dataclass(frozen=True)
class Config(chorales.Config):
    cell: str = "lstm"


class ChoraleLstmMusic(chorales.ChoraleMusic):
    id = "music/choralelstm"
    place = 20
    title = Words("Chorales (LSTM)", "众赞歌(LSTM)")
    summary = Words(
        "The same hymns for four voices with another memory: compare it with the GRU.",
        "同样的四声部众赞歌,换一种记忆单元:可与 GRU 比较。",
    )
    Config = Config

    def tiny(self):
        return Config(embed=4, width=14, inner=12)


FAMILY = ChoraleLstmMusic()
