"""GRU language model: Cho and others, EMNLP 2014 (arXiv 1406.1078)."""

from __future__ import annotations

from models.family import Words
from models.words.recurrent import Recurrent


class GruWords(Recurrent):
    id = "words/gru"
    place = 30
    cell = "gru"
    title = Words("GRU", "门控循环单元")
    summary = Words(
        "Reads word after word into a state of a few hundred numbers and guesses what follows.",
        "逐词读入一个由几百个数组成的状态,并猜测接下来的词。",
    )


FAMILY = GruWords()
