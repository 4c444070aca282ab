"""Conditions as a person sees them: a choice for every column of labels. Torch is not imported.

Translations stand here once for all conditional families; a label of a person's own folder shows
under its own name.
"""

from __future__ import annotations

from models.family import Choice, Slider, Words

SEED = "seed"  # the choice that leaves a condition to the seed
FIRST = {"direction": "front", "step": "0"}  # turned by hand: the seed's own would be confusing
SHEET = ("direction", "step")  # rows and columns of a sprite sheet
# The order in which the Liberated Pixel Cup, and every game that reads its sheets, stacks them.
ORDER = {"direction": ("back", "left", "front", "right")}
MAIN = 5  # conditions shown first; the others stand under a heading of their own

COLUMNS = {
    "digit": Words("Digit", "数字"),
    "coat": Words("Coat", "毛色"),
    "class": Words("Drum", "鼓"),
    "speaker": Words("Voice", "嗓音"),
    "kind": Words("Kind", "种类"),
    "direction": Words("Facing", "朝向"),
    "skin": Words("Skin", "肤色"),
    "outfit": Words("Outfit", "服装"),
    "hair_style": Words("Hair", "发型"),
    "hair_colour": Words("Hair colour", "发色"),
    "sex": Words("Sex", "性别"),
    "head": Words("Headgear", "头饰"),
    "cape": Words("Cape", "披风"),
    "legs": Words("Trousers", "裤子"),
    "colour": Words("Cloth colour", "布料颜色"),
    "step": Words("Step", "步态"),
}

CHINESE = {
    "kick": "底鼓",
    "snare": "军鼓",
    "closed_hat": "闭合踩镲",
    "open_hat": "开放踩镲",
    "tom": "嗵鼓",
    "clap": "拍手",
    "cymbal": "镲片",
    "rim": "鼓边",
    "cowbell": "牛铃",
    "shaker_tambourine": "沙锤与铃鼓",
    "back": "背面",
    "front": "正面",
    "left": "左",
    "right": "右",
    "none": "无",
    "female": "女",
    "male": "男",
    "light": "浅色",
    "tanned": "小麦色",
    "tanned2": "深小麦色",
    "dark": "深色",
    "dark2": "更深色",
    "darkelf": "暗精灵",
    "darkelf2": "暗精灵二",
    "orc": "兽人",
    "red_orc": "红兽人",
    "skeleton": "骷髅",
    "shirt": "衬衫",
    "leather": "皮甲",
    "chain": "锁甲",
    "plate": "板甲",
    "gold": "金甲",
    "robe": "长袍",
    "dress": "连衣裙",
    "helmet": "头盔",
    "hood": "兜帽",
    "bandana": "头巾",
    "pixie": "精灵短发",
    "xlong": "超长发",
    "bunches": "双马尾",
    "shorthawk": "短莫霍克",
    "mohawk": "莫霍克",
    "parted": "分头",
    "unkempt": "乱发",
    "princess": "公主发",
    "longknot": "长发结",
    "swoop": "侧扫",
    "plain": "普通",
    "bangslong": "长刘海",
    "bangs": "刘海",
    "messy1": "凌乱",
    "loose": "散发",
    "long": "长发",
    "bedhead": "睡乱",
    "page": "童花头",
    "jewfro": "爆炸卷",
    "ponytail": "马尾",
    "blond": "金",
    "red": "红",
    "brown": "棕",
    "black": "黑",
    "blue": "蓝",
    "white": "白",
    "purple": "紫",
    "grey": "灰",
    "pink": "粉",
    "green": "绿",
    "gray": "灰",
    "lavender": "淡紫",
    "maroon": "栗",
    "yellow": "黄",
    "teal": "青",
    "magenta": "品红",
    "dark_gray": "深灰",
    "light_gray": "浅灰",
    "forest_green": "森林绿",
    "black_white": "黑白",
    "orange": "橙",
    "tabby": "虎斑",
}


def label_words(value: str) -> Words:
    """A label in both languages; unknown ones keep their own name."""
    return Words(value.replace("_", " "), CHINESE.get(value.replace(" ", "_"), value))


def _options(names: tuple[str, ...]) -> tuple[tuple[str, Words], ...]:
    return tuple((name, label_words(name)) for name in names)


def _ordered(column: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """As games expect them; unknown values last."""
    order = ORDER.get(column, ())
    return tuple(sorted(values, key=lambda v: order.index(v) if v in order else len(order)))


def choices(
    conditions: tuple[str, ...], names: tuple[tuple[str, ...], ...], blended: str
) -> tuple[Slider | Choice, ...]:
    """One choice for each condition, most of which may be left to the seed; then the blend."""
    made: list[Slider | Choice] = []
    for i, (column, values) in enumerate(zip(conditions, names, strict=True)):
        label = COLUMNS.get(column, Words(column, column))
        first = FIRST.get(column, SEED)
        if first not in values:
            first = SEED
        by_seed = ((SEED, Words("the seed decides", "由种子决定")),) if first == SEED else ()
        made.append(
            Choice(
                name=column,
                label=label,
                help=Words(f"What to draw: {label.en.lower()}.", f"要画的内容:{label.zh}。"),
                group="main" if i < MAIN else "more",
                options=(*by_seed, *_options(_ordered(column, values))),
                default=first,
                sheet=column in SHEET,
            )
        )
    if blended in conditions:
        made += _blending(blended, names[conditions.index(blended)])
    return tuple(made)


def _blending(blended: str, values: tuple[str, ...]) -> tuple[Choice, Slider]:
    """A slider from the chosen value of the condition `blended` to a second one."""
    label = COLUMNS.get(blended, Words(blended, blended))
    return (
        Choice(
            name="blend_to",
            label=Words(f"Second {label.en.lower()}", f"第二个{label.zh}"),
            help=Words("Where the blend leads to.", "混合的另一端。"),
            group="blend",
            options=_options(values),
            default=values[-1],
        ),
        Slider(
            name="blend",
            label=Words("Blend", "混合"),
            help=Words(
                f"0 is the first {label.en.lower()}, 1 the second; between them both at once.",
                f"0 为第一个{label.zh},1 为第二个;中间则两者混合。",
            ),
            group="blend",
            low=0.0,
            high=1.0,
            step=0.02,
            default=0.0,
        ),
    )
