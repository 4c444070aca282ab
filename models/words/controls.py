"""Controls that several families of text share, declared once."""

from __future__ import annotations

from models.family import Slider, Switch, TextLine, Words

LONGEST = 300  # characters of a sentence that a person types
KEYWORD_LONGEST = 40
OPENING_LONGEST = 2000  # what was written so far is an opening too

TEMPERATURE = Slider(
    name="temperature",
    label=Words("Temperature", "温度"),
    help=Words(
        "0 takes the likeliest words; higher values dare more.",
        "0 表示取最可能的词;数值越高越大胆。",
    ),
    low=0.0,
    high=1.5,
    step=0.05,
    default=0.8,
)

TOP_K = Slider(
    name="top_k",
    label=Words("Only the likeliest", "只取最可能的"),
    help=Words(
        "How many of the likeliest words may be taken (top-k); 0 is all of them.",
        "每次只在概率最高的若干个词中选择(top-k);0 表示不限。",
    ),
    group="choosing",
    low=0,
    high=200,
    step=1,
    default=0,
)

TOP_P = Slider(
    name="top_p",
    label=Words("Share of chance", "累计概率"),
    help=Words(
        "Words are taken from the likeliest that together have this chance (top-p).",
        "只在累计概率达到该值的词中选择(top-p)。",
    ),
    group="choosing",
    low=0.05,
    high=1.0,
    step=0.05,
    default=1.0,
)

OPENING = TextLine(
    name="opening",
    label=Words("Opening", "开头"),
    help=Words(
        "The text goes on from here; every word of it shows how likely the model finds it.",
        "文本由此续写;其中每个词都会显示模型认为的可能性。",
    ),
    longest=OPENING_LONGEST,
)

KEYWORD = TextLine(
    name="keyword",
    label=Words("Keyword", "关键词"),
    help=Words(
        "A word that the text shall come to; it grows likelier until it is there.",
        "文本中应出现的词;在出现之前,它会越来越可能被写出。",
    ),
    longest=KEYWORD_LONGEST,
)

KNOWN = Switch(
    name="known",
    label=Words("Known words only", "只用已知的词"),
    help=Words(
        "Only words of the training texts are written; off: pieces of words join as they like.",
        "只写出训练文本中出现过的词;关闭后词片可任意拼接。",
    ),
    group="choosing",
    default=True,
)


def length(most: int, default: int) -> Slider:
    """At most so many pieces."""
    return Slider(
        name="length",
        label=Words("Length", "长度"),
        help=Words(
            "At most so many pieces of words are written; the text may end sooner.",
            "最多写出这么多个词片;文本可能提前结束。",
        ),
        low=0,
        high=most,
        step=1,
        default=default,
    )
