"""Data sets of sounds and voices."""

from __future__ import annotations

from models.data.source import Source
from models.family import Words

SETS: tuple[Source, ...] = (
    Source(
        "drums",
        "audio/sounds_drums.zip",
        "2,071 drum hits in ten classes",
        "sonic-pi (Freesound), smpldsnds drum-machines, oramics/sampled (enoe, Glen MacArthur), "
        "BJA Pacific by Luc Tunguay, tidal-drum-machines, Dirt-Samples, Real Music Media",
        "mixed: CC0, public domain, CC BY 3.0, CC BY-SA 3.0, some not stated",
        "Free to listen to and to study; some of the recordings state no licence.",
        "可供试听和学习;其中部分录音未注明许可证。",
        Words("drum hits", "鼓声"),
        labels=("class",),
        mirror=False,
        show=False,
    ),
    Source(
        "spoken-digits",
        "audio/spoken_digits.zip",
        "Free Spoken Digit Dataset",
        "Zohar Jackson and contributors",
        "CC BY-SA 4.0",
        "Credit the authors and pass sounds on under the same terms.",
        "请注明作者,并以相同条款传播声音。",
        Words("spoken digits", "英语数字"),
        labels=("digit", "speaker"),
        mirror=False,
    ),
    Source(
        "lj",
        "audio/voice_lj.zip",
        "LJ Speech, chapters LJ001 and LJ002: 41.7 minutes",
        "Keith Ito; read by Linda Johnson for LibriVox",
        "public domain",
        "Free for any use; say that the voice is synthetic.",
        "可自由使用;请注明声音为合成。",
        Words("an English reader", "英语朗读"),
        mirror=False,
    ),
)
