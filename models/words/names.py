"""What the options of conditions are called on the page."""

from __future__ import annotations

from models.family import Words

NAMES = {
    "emotion": Words("Emotion", "情绪"),
    "emotion?": Words("What the text shall sound like.", "文本应带有的情绪。"),
    "second": Words("Second emotion", "第二种情绪"),
    "second?": Words("An emotion to mix in.", "要混入的另一种情绪。"),
    "admiration": Words("admiration", "赞赏"),
    "amusement": Words("amusement", "好笑"),
    "anger": Words("anger", "愤怒"),
    "curiosity": Words("curiosity", "好奇"),
    "fear": Words("fear", "恐惧"),
    "gratitude": Words("gratitude", "感激"),
    "love": Words("love", "喜爱"),
    "sadness": Words("sadness", "悲伤"),
    "form": Words("Form", "体裁"),
    "form?": Words("Four lines of five or of seven characters.", "四句,每句五字或七字。"),
    "五绝": Words("4 × 5", "五绝"),
    "七绝": Words("4 × 7", "七绝"),
    "rhyme": Words("Rhyme", "韵"),
    "rhyme?": Words("The sound that lines two and four end with.", "第二、四句末尾的韵。"),
}


def named(name: str) -> Words:
    """The two languages of an option; unknown ones (rhymes, own folders) as they are."""
    return NAMES.get(name, Words(name, name))
