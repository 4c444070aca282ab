"""What the measures of music are called, in both languages (see models.metrics.names)."""

from __future__ import annotations

from models.family import Words

MUSIC: dict[str, tuple[Words, Words]] = {
    "nats a quarter-note step": (
        Words("Surprise at Bach, nats a quarter note", "对巴赫的意外程度(每四分音符,纳特)"),
        Words(
            "How surprised it is by unseen chorales, all voices together; LSTM 8.45, GRU 8.43, "
            "TCN 8.10, RNN-NADE 5.56 were published. Baseline: each voice by its own last pitch.",
            "对未见过的众赞歌(四声部合计)有多意外;已发表的有 LSTM 8.45、GRU 8.43、TCN 8.10、"
            "RNN-NADE 5.56。基线:各声部只看自己的上一音。",
        ),
    ),
    "soprano kept when harmonised": (
        Words("Given melody kept", "保留所给旋律"),
        Words(
            "The share of Bach's melodies that come back note for note when harmonised.",
            "配和声时逐音保留的巴赫旋律比例。",
        ),
    ),
    "notes in the best scale": (
        Words("Notes in one scale", "同一音阶内的音"),
        Words(
            "The share of notes that lie in the major scale that holds most of them.",
            "落在最吻合的大调音阶内的音符比例。",
        ),
    ),
    "pitch-class distance": (
        Words("Distance in pitches", "音高分布距离"),
        Words(
            "How differently samples and real music use the notes of the scale: 0 is alike.",
            "样本与真实音乐使用音阶各音的差别:0 表示相同。",
        ),
    ),
    "onset-interval distance": (
        Words("Distance in rhythm", "节奏分布距离"),
        Words(
            "How differently samples and real music space their notes in time: 0 is alike.",
            "样本与真实音乐音符间隔的差别:0 表示相同。",
        ),
    ),
    "steps brought back, own sampling": (
        Words("Steps brought back", "还原的步"),
        Words(
            "The share of sixteenths of unseen bars that are the same after encoding and decoding.",
            "未见过的小节经编码再解码后相同的十六分音符步比例。",
        ),
    ),
    "steps brought back, past known": (
        Words("Steps brought back, past known", "还原的步(已知之前)"),
        Words(
            "The same where the decoder is told the true steps before each one.",
            "同上,但解码每一步时已知此前真实的步。",
        ),
    ),
    "bound": (
        Words("Bound, nats a step", "下界(每步纳特)"),
        Words(
            "What the past leaves open plus what the latents cost, on unseen bars; low is good.",
            "未见过小节上剩余的不确定加上隐变量的代价;越低越好。",
        ),
    ),
    "largest step of an interpolation": (
        Words("Smoothness of a walk", "行走的平滑度"),
        Words(
            "The largest of eight steps from one window to another, in mean steps; 1 is even.",
            "从一段走到另一段的八步中最大一步相当于平均步的几倍;1 表示均匀。",
        ),
    ),
    "error of a given loudness": (
        Words("Error of loudness", "力度误差"),
        Words(
            "How far the loudness given to flat hits is from the drummer's; baseline: its mean.",
            "给平板鼓点加上的力度与鼓手的相差多少;基线:取平均。",
        ),
    ),
    "error of a given timing": (
        Words("Error of timing", "时值误差"),
        Words(
            "The same for how early or late a hit is, in halves of a sixteenth.",
            "同上,但指早晚,单位为半个十六分音符。",
        ),
    ),
    "nats a sixteenth, tune": (
        Words("Surprise at tunes, nats a sixteenth", "对旋律的意外程度(每十六分音符)"),
        Words(
            "How surprised it is by unseen tunes; baseline: a chain over the last event.",
            "对未见过的旋律有多意外;基线:只看上一事件的马尔可夫链。",
        ),
    ),
    "nats a sixteenth, chords": (
        Words("Surprise at chords, nats a sixteenth", "对和弦的意外程度(每十六分音符)"),
        Words("The same for the chords under the tune.", "同上,但指旋律下的和弦。"),
    ),
}
