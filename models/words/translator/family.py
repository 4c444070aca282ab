"""A small translator with a latent: Bahdanau, Cho, Bengio, "Neural Machine Translation by Jointly
Learning to Align and Translate", ICLR 2015 (arXiv 1409.0473), and Zhang and others, "Variational
Neural Machine Translation", EMNLP 2016 (arXiv 1605.07869)."""

from __future__ import annotations

from typing import ClassVar

from models.family import Words
from models.words.answerer import Answerer


class TranslatorWords(Answerer):
    id = "words/translator"
    row = "W9"
    place = 70
    title = Words("Translator", "翻译")
    summary = Words(
        "Reads a short sentence and writes it in another language; a latent finds other wordings.",
        "读入一个短句,用另一种语言写出来;潜在变量可以换一种说法。",
    )
    heard = (
        Words("Sentence", "句子"),
        Words(
            "An everyday English sentence; the shorter, the better it is understood.",
            "一句日常英语;越短译得越好。",
        ),
    )
    examples: ClassVar = {
        "en-zh": "where is my book?",
        "multi30k": "a man in a red shirt is playing guitar.",
    }


FAMILY = TranslatorWords()
