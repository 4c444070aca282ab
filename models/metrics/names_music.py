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
            "The largest of eight steps from one window to another, in mean steps; 1 is even. "
            "Baseline: in even steps of the latents.",
            "从一段走到另一段的八步中最大一步相当于平均步的几倍;1 表示均匀。基线:隐变量等距的步。",
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
    "empty bars": (
        Words("Empty bars", "空小节"),
        Words(
            "The share of bars in which a track is silent, mean over tracks; right beside the "
            "data's own.",
            "某一声部静默的小节比例,各声部平均;旁边是数据自身的数值。",
        ),
    ),
    "used pitch classes": (
        Words("Pitch classes a bar", "每小节的音级"),
        Words(
            "How many different notes of the octave a track uses in a bar; beside the data's own.",
            "每个声部每小节用到多少个不同的音级;旁边是数据自身的数值。",
        ),
    ),
    "qualified notes": (
        Words("Notes of an eighth or more", "不短于八分音符的音"),
        Words(
            "The share of notes that are no mere crumbs; beside the data's own.",
            "不是零碎短音的音符比例;旁边是数据自身的数值。",
        ),
    ),
    "drum pattern": (
        Words("Drum hits on eighths", "落在八分位置的鼓点"),
        Words(
            "The share of hits that fall on eighths, as in most rock and pop; beside the "
            "data's own.",
            "落在八分音符位置的鼓点比例,多数摇滚与流行如此;旁边是数据自身的数值。",
        ),
    ),
    "tonal distance": (
        Words("Tonal distance of tracks", "声部间的调性距离"),
        Words(
            "How far apart in harmony two tracks are at a beat; beside the data's own.",
            "同一拍上两个声部在和声上相距多远;旁边是数据自身的数值。",
        ),
    ),
    "largest of five deviations": (
        Words("Largest of the five deviations", "五项偏差中的最大者"),
        Words(
            "How far the worst of the five figures is from the data's own; 0.25 is the bar.",
            "五项数值中最差的一项偏离数据多少;标准为 0.25。",
        ),
    ),
    "phrases with an empty or stuck track": (
        Words("Phrases with an empty or stuck track", "有空声部或卡住声部的乐句"),
        Words(
            "A track that is silent for four bars, or strikes the same at every step of two bars.",
            "某声部四小节静默,或两小节内每步都重复同样的音。",
        ),
    ),
    "two bars that come back": (
        Words("Bars that come back", "重现的小节"),
        Words(
            "How many pairs of bars are nearly the same as one before, beside real tunes.",
            "有多少两小节与之前的几乎相同,旁边是真实曲调。",
        ),
    ),
    "wish followed: energy": (
        Words("Wish followed: energy", "满足要求:活力"),
        Words(
            "Correlation of the energy that was asked for with the notes that came.",
            "所要求的活力与实际音符数的相关系数。",
        ),
    ),
    "wish followed: register": (
        Words("Wish followed: register", "满足要求:音区"),
        Words(
            "Correlation of the register that was asked for with the height of the melody.",
            "所要求的音区与旋律实际高度的相关系数。",
        ),
    ),
    "wish followed: drums": (
        Words("Wish followed: drums", "满足要求:鼓"),
        Words(
            "Correlation of the drumming that was asked for with the hits that came.",
            "所要求的鼓密度与实际鼓点数的相关系数。",
        ),
    ),
    "wish followed: mode": (
        Words("Wish followed: mode", "满足要求:调式"),
        Words(
            "How often a judge of pitch classes hears the mode that was asked for; beside real "
            "phrases.",
            "音级评判器听出所要求调式的比例;旁边是真实乐句。",
        ),
    ),
}
