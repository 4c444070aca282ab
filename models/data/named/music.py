"""Music: notes on a grid of sixteenths (models.data.songs reads them)."""

from __future__ import annotations

from models.data.source import Source
from models.family import Words

SETS: tuple[Source, ...] = (
    Source(
        "jsb",
        "audio/music_jsb.json.gz",
        "JSB Chorales, four voices",
        "Johann Sebastian Bach; digital edition used by Moray Allan and Christopher K. I. Williams "
        "(2005), split of Nicolas Boulanger-Lewandowski and others (2012), voices separated by "
        "Cheng-Zhi Anna Huang, Tim Cooijmans and others (2017)",
        "music in the public domain; the collection states no licence",
        "Bach's music is free; name the collection when passing results on.",
        "巴赫的音乐属于公有领域;传播结果时请注明数据集名称。",
        Words("Bach chorales", "巴赫众赞歌"),
    ),
    Source(
        "nottingham",
        "audio/music_nottingham.json.gz",
        "Nottingham Music Database",
        "Eric Foxley (collector); cleaned by Jukedeck",
        "GNU GPL v3 (the cleaned collection)",
        "Traditional tunes; name Eric Foxley's collection and Jukedeck when passing data on.",
        "均为传统民间曲调;传播数据时请注明 Eric Foxley 与 Jukedeck。",
        Words("folk tunes", "民间曲调"),
    ),
    Source(
        "pop909",
        "audio/music_pop909.json.gz",
        "POP909",
        "Ziyu Wang, Ke Chen, Junyan Jiang, Yiyi Zhang, Maoran Xu, Shuqi Dai, Guxian Bin, Gus Xia "
        "(ISMIR 2020)",
        "MIT (the data set); the songs are works of living authors",
        "Credit the authors of POP909; do not pass off results as the original songs.",
        "请注明 POP909 的作者;不得将结果冒充为原曲。",
        Words("pop songs", "流行歌曲"),
        show=False,
    ),
    Source(
        "groove",
        "audio/music_groove.json.gz",
        "Groove MIDI Dataset",
        "Jon Gillick, Adam Roberts, Jesse Engel, Douglas Eck, David Bamman (Google Magenta, 2019)",
        "CC BY 4.0",
        "Free for any use; credit the authors and say what was changed.",
        "可自由使用;请注明作者并说明所做的修改。",
        Words("drum performances", "鼓演奏"),
    ),
    Source(
        "band",
        "audio/music_pop909.json.gz",
        "POP909 (melodies, piano, bass) with beats of the Groove MIDI Dataset",
        "Ziyu Wang, Ke Chen, Junyan Jiang, Yiyi Zhang, Maoran Xu, Shuqi Dai, Guxian Bin, Gus Xia "
        "(ISMIR 2020); drums: Jon Gillick, Adam Roberts, Jesse Engel, Douglas Eck, David Bamman "
        "(Google Magenta, 2019)",
        "MIT (POP909; the songs are works of living authors) and CC BY 4.0 (Groove)",
        "Credit the authors of both; do not pass off results as the original songs.",
        "请注明两个数据集的作者;不得将结果冒充为原曲。",
        Words("pop band", "流行乐队"),
        show=False,
    ),
)
