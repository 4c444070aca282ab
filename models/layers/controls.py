"""Controls that several picture families share, declared once."""

from __future__ import annotations

from models.family import Code, Pad, SecondSeed, Slider, Words

PLACE = Pad(
    name="place",
    label=Words("Place", "位置"),
    help=Words(
        "Drag to walk from this seed to its neighbours; every spot is a picture of its own.",
        "拖动即可从当前种子走向相邻的种子;每一处都是一张独立的图片。",
    ),
    low=-8.0,
    high=8.0,
    step=0.01,
)

SPREAD = Slider(
    name="spread",
    label=Words("Daring", "大胆程度"),
    help=Words(
        "Low values stay close to the typical picture, high values risk odd ones.",
        "数值低时接近典型图片,数值高时更大胆也更容易出错。",
    ),
    low=0.3,
    high=1.3,
    step=0.05,
    default=0.8,
)


BETWEEN = Slider(
    name="between",
    label=Words("Way to the second seed", "走向第二个种子"),
    help=Words(
        "0 is this seed's picture, 1 the second seed's; between them one turns into the other.",
        "0 为当前种子的图片,1 为第二个种子的图片;中间则由一张渐变为另一张。",
    ),
    group="between",
    low=0.0,
    high=1.0,
    step=0.01,
    default=0.0,
)

TOWARD = SecondSeed(
    name="toward",
    label=Words("Walk to seed", "目标种子"),
    help=Words("The seed at the other end of the way.", "渐变另一端的种子。"),
    group="between",
    default=2,
    walked=BETWEEN.name,
)

WALK = (TOWARD, BETWEEN)


def own_spot(size: int) -> Code:
    """Where in the latent a person's picture was found: it stands in for the seed."""
    return Code(
        name="own",
        label=Words("Your picture", "您的图片"),
        help=Words(
            "The picture starts from the spot that was found for your own, not from the seed.",
            "图片从为您的图片找到的位置出发,而不是从种子出发。",
        ),
        size=size,
    )


def directions(count: int) -> tuple[Slider, ...]:
    """Sliders along the `count` directions that change the picture most, in units of sigma."""
    return tuple(
        Slider(
            name=f"direction_{i}",
            label=Words(f"Direction {i}", f"方向 {i}"),
            help=Words(
                f"Moves along the direction that changes pictures {ordinal} most; 0 is no change.",
                f"沿着对图片影响第 {i} 大的方向移动;0 表示不变。",
            ),
            group="directions",
            low=-4.0,
            high=4.0,
            step=0.1,
            default=0.0,
            unit="σ",
        )
        for i, ordinal in zip(range(1, count + 1), _ordinals(count), strict=True)
    )


def _ordinals(count: int) -> list[str]:
    names = [
        "the",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    ]
    return [names[i] if i < len(names) else f"{i + 1}th" for i in range(count)]
