"""What the measures of sounds are called, in both languages (see models.metrics.names)."""

from __future__ import annotations

from models.family import Words

VOICE: dict[str, tuple[Words, Words]] = {
    "FD-listener": (
        Words("FD-listener: distance to real sounds", "FD-listener:与真实声音的距离"),
        Words(
            "How far generated sounds are from real ones, as our own listening network hears them.",
            "在我们自己的听觉网络听来,生成的声音与真实声音相差多远。",
        ),
    ),
    "FD-listener above the floor": (
        Words("Distance as a share", "距离比例"),
        Words(
            "0 is as good as real sounds, 1 as bad as a Gaussian of them.",
            "0 表示与真实声音一样好,1 表示与高斯分布一样差。",
        ),
    ),
    "own sound: loudness off": (
        Words("Own sound: loudness off", "自己的声音:响度偏差"),
        Words(
            "How far the loudness is off, over time and pitch, when a sound comes back.",
            "声音还原后,响度在时间和音高上的偏差。",
        ),
    ),
    "DNSMOS overall": (
        Words("DNSMOS: guessed score of listeners", "DNSMOS:估计的听众评分"),
        Words(
            "What a network that learned from listeners' scores (1 to 5) gives; real recordings "
            "beside it.",
            "学习过听众评分(1 至 5)的网络所给的分数;旁边为真实录音的分数。",
        ),
    ),
    "DNSMOS beside real": (
        Words("DNSMOS as a share of real", "DNSMOS 与真实录音之比"),
        Words("1 is as good as the recordings.", "1 表示与真实录音一样好。"),
    ),
    "words misheard": (
        Words("Words misheard", "听错的词"),
        Words(
            "By an English recogniser; beside it what it mishears in real recordings.",
            "由英语识别器统计;旁边为它在真实录音中听错的比例。",
        ),
    ),
    "words dropped or repeated": (
        Words("Words dropped or repeated", "漏读或重复的词"),
        Words(
            "In 100 sentences, by the moments at which each word is spoken.",
            "在 100 个句子中,按每个词的发声时刻统计。",
        ),
    ),
    "speed off": (
        Words("Speed slider: largest error", "语速滑块:最大误差"),
        Words("Length measured beside length asked for.", "实测时长与要求时长之比的偏差。"),
    ),
    "pitch off": (
        Words("Pitch slider: largest error", "音高滑块:最大误差"),
        Words("Pitch measured beside pitch asked for.", "实测音高与要求音高之差。"),
    ),
}
