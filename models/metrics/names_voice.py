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
}
