"""What the measures of words are called that only text GANs and quatrains have."""

from __future__ import annotations

from models.family import Words

WORDS: dict[str, tuple[Words, Words]] = {
    "made-up words": (
        Words("Made-up words", "生造的词"),
        Words(
            "Share of the words that stand in no training text; beside it that of real texts.",
            "训练文本中从未出现的词所占的比例;旁边是真实文本的比例。",
        ),
    ),
    "made-up words, not held to known ones": (
        Words("Made-up words, left to itself", "不加约束时生造的词"),
        Words(
            "The same where pieces of words may join as they like.",
            "词片可任意拼接时的同一比例。",
        ),
    ),
    "NLL-gen": (
        Words("NLL-gen: surprise of the test file", "NLL-gen:对测试文件的意外程度"),
        Words(
            "Nats of a test sentence, spread over 37 places as in the literature.",
            "每个测试句子的纳特数,按文献的做法平均到 37 个位置。",
        ),
    ),
    "BLEU-3 above the curve": (
        Words("BLEU-3 above the curve of temperatures", "高出温度曲线的 BLEU-3"),
        Words(
            "What the critic added beyond writing colder: BLEU-3 at equal likeness of samples.",
            "判别网络带来的、降低温度所不能得到的提高:样本相似程度相同时的 BLEU-3 之差。",
        ),
    ),
    "recognised at strength 1": (
        Words("Recognised at strength 1", "强度为 1 时的识别率"),
        Words(
            "The same when the emotion is told as in training, not overdone.",
            "情绪按训练时的强度给出、不加夸张时的识别率。",
        ),
    ),
    "answers: BLEU-4": (
        Words("BLEU-4 of unseen texts", "未见文本的 BLEU-4"),
        Words(
            "Rows of up to four words that a person's answer has too; beside it the nearest "
            "training text's answer.",
            "与人的回答共有的、至多四个词的词串;旁边是最相近训练文本的回答。",
        ),
    ),
    "nats an answer": (
        Words("Surprise of a real answer", "对真实回答的意外程度"),
        Words(
            "How unlikely the model finds what a person answered, in nats.",
            "模型认为人的回答有多不可能,单位为纳特。",
        ),
    ),
    "pairs of words that differ between seeds": (
        Words("Seeds that answer differently", "不同种子回答的差异"),
        Words(
            "Of four answers to one text the share of word pairs that are new.",
            "同一文本的四个回答中,不重复的词对所占比例。",
        ),
    ),
    "perplexity of a word (bound)": (
        Words("Perplexity of a word, at most", "每词困惑度上界"),
        Words(
            "Among how many words it would have to guess each; words and latents together.",
            "相当于每次要在多少个词中猜测;词与潜变量合计。",
        ),
    ),
    "share of nats in the latents": (
        Words("Share told by the latents", "潜变量所占的比例"),
        Words(
            "The part of a story's surprise that its sentences' latents pay; 0: they say nothing.",
            "故事的意外程度中由各句潜变量承担的部分;0 表示潜变量什么也没说。",
        ),
    ),
    "nats that the prior saves": (
        Words("What the sentences before foretell", "前文句子的预示"),
        Words(
            "Nats a story that its latents would cost more if each were drawn from one fixed "
            "Gaussian.",
            "若每句都从同一个固定的高斯分布抽取,每个故事的潜变量会多花的纳特数。",
        ),
    ),
    "word for word in the training texts": (
        Words("Word for word in the training texts", "与训练文本逐字相同"),
        Words(
            "The share of samples that some training text says in just these words.",
            "样本中与某段训练文本用词完全一致的比例。",
        ),
    ),
}
for _n in (2, 3, 4, 5):
    WORDS[f"test file: BLEU-{_n}"] = (
        Words(f"BLEU-{_n} against the test file", f"相对测试文件的 BLEU-{_n}"),
        Words(
            "As in the text-GAN literature; beyond the real sentences' own it means repetition.",
            "与文本 GAN 文献的算法相同;高于真实句子自身的数值则意味着重复。",
        ),
    )
    WORDS[f"1000 samples: self-BLEU-{_n}"] = (
        Words(f"Self-BLEU-{_n} of 1,000 samples", f"1000 个样本的自 BLEU-{_n}"),
        Words("High where samples resemble each other.", "样本彼此相似时数值高。"),
    )
