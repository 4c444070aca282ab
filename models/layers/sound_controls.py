"""Controls that families of short sounds share: what to make, and how it is played."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from models.family import Control, Slider, Words
from models.layers.controls import PLACE, SPREAD, WALK, directions
from models.layers.labels import choices

if TYPE_CHECKING:  # families declare controls, and a declaration is read without torch
    import torch

TUNE = Slider(
    name="tune",
    label=Words("Tune", "音高"),
    help=Words(
        "Plays the sound higher and shorter, or lower and longer.",
        "让声音更高更短,或更低更长。",
    ),
    group="play",
    low=-12.0,
    high=12.0,
    step=0.5,
    default=0.0,
    unit="semitones",
)

FADE = Slider(
    name="fade",
    label=Words("Fade", "衰减"),
    help=Words(
        "How fast the sound dies away on top of its own decay; 0 leaves it alone.",
        "在声音自身衰减之外再加快消失的程度;0 表示不变。",
    ),
    group="play",
    low=0.0,
    high=60.0,
    step=1.0,
    default=0.0,
    unit="dB / 100 ms",
)

GRAIN = Slider(
    name="grain",
    label=Words("Grain", "颗粒"),
    help=Words(
        "Fine noise where real sounds of this kind have it; 0 is smooth.",
        "在真实声音带有细微噪声的地方加入噪声;0 表示平滑。",
    ),
    group="play",
    low=0.0,
    high=1.0,
    step=0.05,
    default=0.7,
)


def sound_controls(config: Any) -> tuple[Control, ...]:
    """What to make, the plane of seeds, how it is played, and the way to a second seed."""
    wishes = choices(config.conditions, config.names, config.blended)
    seeds = (PLACE, SPREAD, TUNE, FADE, GRAIN, *directions(config.directions), *WALK)
    return tuple(_of_sounds(control) for control in (*wishes, *seeds))


def _of_sounds(control: Control) -> Control:
    """The same control, whose help was written for pictures."""
    en = control.help.en.replace("What to draw", "What you hear").replace("picture", "sound")
    zh = control.help.zh.replace("要画的内容", "要听到的内容").replace("一张", "一个")
    return dataclasses.replace(control, help=Words(en, zh.replace("图片", "声音")))


def played(sounds: torch.Tensor, rate: int, asked: Any) -> torch.Tensor:
    """(n, samples) tuned and faded as each request wants, of the same length and peak."""
    import torch

    from models.layers.spectrum import PEAK

    made = []
    for sound, a in zip(sounds, asked, strict=True):
        count, speed = len(sound), 2 ** (a.controls["tune"] / 12)
        if speed != 1:
            places = torch.arange(count, device=sound.device) * speed
            low = places.long().clamp(max=count - 2)
            line = torch.lerp(sound[low], sound[low + 1], (places - low).clamp(0, 1))
            sound = torch.where(places < count - 1, line, 0.0)
        if a.controls["fade"]:
            # 60 dB / 100 ms is 10 ** (-30 / s) in amplitude
            loss = a.controls["fade"] / 2 * torch.arange(count, device=sound.device) / rate
            sound = sound * 10**-loss
        made.append(sound * (PEAK / sound.abs().max().clamp(min=1e-6)))
    return torch.stack(made)
