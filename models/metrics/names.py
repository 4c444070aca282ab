"""What the measures of the cards are called, and what each tells, in both languages.

A measure's `name` in a card is its key; the page shows these words instead. A measure that is not
listed shows under its own name, or under the `label` that its row brings along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from models.family import Words
from models.metrics.names_music import MUSIC
from models.metrics.names_voice import VOICE
from models.metrics.names_words import WORDS
from models.metrics.units import UNITS


class Named(NamedTuple):
    """A measure's title and one sentence on what it tells."""

    title: Words
    tells: Words


def _named(en: str, zh: str, tells: str, tells_zh: str) -> Named:
    return Named(Words(en, zh), Words(tells, tells_zh))


NAMES: Mapping[str, Named] = {
    "FD-eye": _named(
        "FD-eye: distance to real pictures", "FD-eye:与真实图片的距离",
        "How far generated pictures are from real ones, as our own feature network sees them.",
        "在我们自己的特征网络看来,生成图片与真实图片相差多远。",
    ),
    "FD-eye above the floor": _named(
        "Distance as a share", "距离比例",
        "0 is as good as real pictures, 1 as bad as a PCA-Gaussian of them.",
        "0 表示与真实图片一样好,1 表示与主成分高斯分布一样差。",
    ),
    "KD-eye": _named(
        "KD-eye: kernel distance", "KD-eye:核距离",
        "The same question asked in another way, fairer where there are few pictures.",
        "用另一种方式衡量同一问题,图片较少时更公平。",
    ),
    "precision": _named(
        "Precision: believable samples", "精确率:可信的样本",
        "The share of samples that look like some real picture.",
        "样本中与某张真实图片相像的比例。",
    ),
    "recall": _named(
        "Recall: variety covered", "召回率:覆盖的多样性",
        "The share of real pictures that some sample looks like: low means little variety.",
        "真实图片中有样本与之相像的比例:低则表示种类单一。",
    ),
    "nearer to a training picture than real ones": _named(
        "Closer to training than real ones", "比真实图片更接近训练图片",
        "The share of samples suspiciously close to a training picture: high means copying.",
        "与某张训练图片过分接近的样本比例:高则表示在照抄。",
    ),
    "own picture comes back": _named(
        "Own picture comes back", "还原出自己的图片",
        "How often a held-out picture, encoded and decoded, is closer to itself than to others.",
        "未见过的图片经编码再解码后,更接近自身而非其他图片的比例。",
    ),
    "own picture nearest of all": _named(
        "Own picture nearest of all", "与自己的图片最接近",
        "How often the decoded picture is closest to the very picture that went in.",
        "解码结果与输入图片最为接近的比例。",
    ),
    "eye distance to own picture": _named(
        "Distance to the own picture", "与自己图片的距离",
        "How far the decoded picture is from the one that went in, for our feature network.",
        "在我们的特征网络看来,解码结果与输入图片相差多远。",
    ),
    "largest step along a slider": _named(
        "Largest step along a slider", "滑块上最大的跳跃",
        "The hardest jump on the way of a slider, in average steps: 1 is perfectly smooth.",
        "滑块移动时最大的跳跃,以平均步长计:1 表示完全平滑。",
    ),
    "half-transparent pixels": _named(
        "Half-transparent pixels", "半透明像素",
        "The share of pixels that are neither clear nor solid, which sprites should not have.",
        "既不透明也不实心的像素比例,像素角色不应出现。",
    ),
    "bits per dimension": _named(
        "Bits per number", "每个数值的比特数",
        "How well the model predicts real data it has never seen; less is better.",
        "模型对未见过的真实数据预测得多好;越小越好。",
    ),
    "PSNR-Y on Set5": _named(
        "PSNR of the luma, Set5", "亮度 PSNR,Set5",
        "How small the error is on the five pictures that the literature measures on.",
        "在文献通用的五张图片上误差有多小。",
    ),
    "SSIM-Y on Set5": _named(
        "SSIM of the luma, Set5", "亮度 SSIM,Set5",
        "How alike the structures are on the same five pictures: 1 is the same.",
        "在同样五张图片上结构有多相似:1 表示相同。",
    ),
    "eye distance on Set5": _named(
        "Eye distance, Set5", "视觉距离,Set5",
        "How different it looks from the original for our feature network: 0 is the same.",
        "在我们的特征网络看来与原图相差多少:0 表示相同。",
    ),
    "PSNR-Y, held-out photographs": _named(
        "PSNR of the luma, photographs", "亮度 PSNR,照片",
        "How small the error is on held-out photographs, made small as in training.",
        "在未见过的照片(缩小方式与训练相同)上误差有多小。",
    ),
    "eye distance, held-out photographs": _named(
        "Eye distance, photographs", "视觉距离,照片",
        "How different held-out photographs look from their originals: 0 is the same.",
        "未见过的照片与其原图看起来相差多少:0 表示相同。",
    ),
    "nats a text": _named(
        "Surprise of a text", "每段文本的意外程度",
        "How unlikely the model finds a text it has never seen, in nats; less is better.",
        "模型认为未见过的文本有多不可能,以纳特计;越小越好。",
    ),
    "nats a text (importance)": _named(
        "Surprise of a text", "每段文本的意外程度",
        "The same for a latent model, estimated by sampling many latents a text.",
        "潜变量模型的同一指标,用每段文本的多次潜变量采样来估计。",
    ),
    "nats a text (bound)": _named(
        "Surprise of a text, at most", "每段文本的意外程度上界",
        "The bound that training minimises: words and latents together.",
        "训练所最小化的上界:词与潜变量之和。",
    ),
    "nats in the latents": _named(
        "Information in the latents", "潜变量中的信息",
        "What the latents may tell about a text: near 0 they would be ignored.",
        "潜变量能告诉我们多少关于文本的信息:接近 0 表示被忽略。",
    ),
    "mutual information": _named(
        "Texts told apart by latents", "潜变量区分文本的能力",
        "How many nats the latents really carry; at most the logarithm of the number of texts.",
        "潜变量实际携带的信息量;最多为文本数量的对数。",
    ),
    "active latents": _named(
        "Latents in use", "使用中的潜变量",
        "How many of the numbers change with the text.",
        "随文本变化的潜变量个数。",
    ),
    "reconstruction BLEU-2": _named(
        "A text comes back: BLEU-2", "文本还原:BLEU-2",
        "Words and pairs of words that return when an unseen text is read and written again.",
        "未见过的文本读入再写出后,重现的词和词对的比例。",
    ),
    "reconstruction BLEU-4": _named(
        "A text comes back: BLEU-4", "文本还原:BLEU-4",
        "The same for rows of up to four words.",
        "同上,最多四个词的连续片段。",
    ),
    "comes back word for word": _named(
        "Comes back word for word", "逐字还原",
        "The share of unseen texts that return unchanged.",
        "原样还原的未见过文本的比例。",
    ),
    "self-BLEU-3": _named(
        "Likeness of samples to each other", "样本之间的相似程度",
        "High where a model repeats itself; real texts stand beside it.",
        "数值高表示模型在重复自己;旁边是真实文本的数值。",
    ),
    "distinct pairs of words": _named(
        "Different pairs of words", "不同的词对",
        "Of all pairs of neighbouring words in the samples, the share that is different.",
        "样本中所有相邻词对里互不相同的比例。",
    ),
    "perplexity of a word": _named(
        "Perplexity of a word", "每个词的困惑度",
        "Among how many equally likely words the model still hesitates.",
        "模型相当于在多少个同样可能的词之间犹豫。",
    ),
    "bits a character": _named(
        "Bits a character", "每个字符的比特数",
        "How well the model would compress unseen text.",
        "模型压缩未见过文本的能力。",
    ),
    "unknown characters": _named(
        "Unknown characters", "未知字符",
        "Characters of unseen texts that the vocabulary does not have.",
        "未见过文本中词表没有的字符比例。",
    ),
    "speed": _named(
        "Speed of writing", "写作速度",
        "Pieces of words a second, one text at a time.",
        "每次写一段文本时,每秒写出的词片数。",
    ),
    "well-formed quatrains": _named(
        "Well-formed quatrains", "格式正确的绝句",
        "Four lines of five or seven characters with their marks.",
        "四句、每句五字或七字,标点正确。",
    ),
    "well-formed quatrains, not held": _named(
        "Well-formed without being held to it", "不强制格律时格式正确的比例",
        "The same when the marks are left to the network.",
        "由网络自行安排标点时的比例。",
    ),
    "even lines rhyme": _named(
        "Lines two and four rhyme", "第二、四句押韵",
        "By modern readings; real poems of old rhymes reach what the ceiling says.",
        "按现代读音;旧韵的真诗所达到的数值见上限。",
    ),
    "even lines rhyme, not held": _named(
        "Rhyme without being held to it", "不强制押韵时的押韵比例",
        "The same when the last characters are left to the network.",
        "由网络自行选择末字时的比例。",
    ),
    "rhyme as asked": _named(
        "Rhyme as asked", "按要求押韵",
        "Both lines rhyme, and with the rhyme that was asked for.",
        "两句押韵,且为所要求的韵。",
    ),
}  # fmt: skip

# Measures of one condition each: "recognised: skin".
GROUPS: Mapping[str, Named] = {
    "likeness": _named(
        "Likeness to unseen texts: {}", "与未见过文本的相似度:{}",
        "How many rows of words of the samples occur in real texts; real ones stand beside.",
        "样本中的词串有多少出现在真实文本中;旁边是真实文本的数值。",
    ),
    "recognised": _named(
        "Recognised: {}", "识别出:{}",
        "How often a judge network recognises what was asked for.",
        "评判网络识别出所要求条件的比例。",
    ),
    "accuracy": _named(
        "Accuracy: {}", "准确率:{}",
        "How often the judge network is right on real pictures.",
        "评判网络在真实图片上判断正确的比例。",
    ),
    "own sound recognised": _named(
        "Own sound recognised: {}", "自己的声音被识别:{}",
        "How often a judge network still recognises a sound that was encoded and decoded.",
        "声音经编码再解码后仍被评判网络识别的比例。",
    ),
}  # fmt: skip

CHINESE = {
    **{
        "digit": "数字",
        "coat": "毛色",
        "kind": "种类",
        "direction": "朝向",
        "skin": "肤色",
    },
    **{"outfit": "服装", "hair_style": "发型", "hair_colour": "发色", "sex": "性别"},
    **{"head": "头饰", "cape": "披风", "legs": "裤子", "colour": "布料颜色", "step": "步态"},
    **{"class": "类别", "speaker": "说话人", "emotion": "情感", "intent": "意图"},
}


def named(name: str) -> Named | None:
    """Title and sentence of a measure; None where it is not listed here."""
    if name in NAMES:
        return NAMES[name]
    if name in MUSIC:
        return Named(*MUSIC[name])
    if name in VOICE:
        return Named(*VOICE[name])
    if name in WORDS:
        return Named(*WORDS[name])
    head, colon, rest = name.partition(": ")
    if not colon or head not in GROUPS:
        return None
    title, tells = GROUPS[head]
    chinese = CHINESE.get(rest, rest)
    return Named(Words(title.en.format(rest.replace("_", " ")), title.zh.format(chinese)), tells)


def in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    """A card's row with `label`, `tells` and `unit` as {en, zh}, where they are known."""
    found, unit = named(row["name"]), UNITS.get(row.get("unit", ""))
    more: dict[str, Any] = {}
    if found:
        more = {"label": found.title._asdict(), "tells": found.tells._asdict()}
    if unit:
        more["unit"] = unit._asdict()
    return {**row, **more, **({"label": row["label"]} if row.get("label") else {})}
