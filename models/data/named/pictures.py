"""Data sets of pictures, and those that the judges learn from."""

from models.data.source import Source
from models.family import Words

SETS = (
    Source(
        "cats",
        "images/cats128.zip",
        "Animal Faces-HQ v1, cats",
        "Yunjey Choi, Youngjung Uh, Jaejun Yoo, Jung-Woo Ha (StarGAN v2, CVPR 2020)",
        "CC BY-NC 4.0",
        "Non-commercial use only; credit the authors and say what was changed.",
        "仅限非商业用途;请注明作者并说明所做的修改。",
        Words("cats", "猫"),
        labels=("coat",),
    ),
    Source(
        "heroes",
        "images/heroes64.zip",
        "Liberated Pixel Cup heroes",
        "Luke Mehl, Johannes Sjölund, Marcel van de Steeg, Manuel Riecke, Thane Brimhall, "
        "Matthew Krohn, Lori Angela Nagel, Lanea Zimmerman (Sharm), Stephen Challener "
        "(Redshrike), Daniel Eddeland, Shaun Williams, Joe White, Barbara Rivera, JRConway3, "
        "JaidynReiman, Nila122, neo4cat6",
        "CC BY-SA 3.0 or GPL 3.0",
        "Credit the authors and pass pictures on under the same terms.",
        "请注明作者,并以相同条款传播图片。",
        Words("heroes", "像素英雄"),
        labels=(
            *("direction", "skin", "outfit", "hair_style", "hair_colour"),
            *("sex", "head", "cape", "legs", "colour", "step"),
        ),
        mirror=False,
        sides=("direction", "left", "right"),  # 140 twins: 99.2 % of the pixels are the same
    ),
    Source(
        "digits",
        "images/digits28.npz",
        "MNIST handwritten digits",
        "Yann LeCun, Corinna Cortes, Christopher J. C. Burges, from NIST databases 1 and 3",
        "not stated by the source",
        "Free to look at and to study; the source states no licence.",
        "可供观看和学习;来源未注明许可证。",
        Words("digits", "手写数字"),
        labels=("digit",),
        mirror=False,
    ),
    Source(
        "eye",
        "images/eye.zip",
        "Labelled natural photographs (seven collections)",
        "Fei-Fei Li and others (Caltech 101), G. Piosenka, M. Klasson and others, A. Grigorev "
        "and contributors, the TensorFlow flowers' photographers, G. Ajayi",
        "mixed: CC0, CC BY, MIT, not stated (see the data set's own page)",
        "Trains the feature network; its pictures are not shown.",
        "仅用于训练特征网络;不展示其中的图片。",
        Words("photographs", "照片"),
        labels=("label",),
        show=False,
    ),
    Source(
        "eye_art",
        "images/eye_art.zip",
        "Paintings in seven styles and sketches",
        "see the data set's own page",
        "mixed; for training only",
        "Trains the feature network; its pictures are not shown.",
        "仅用于训练特征网络;不展示其中的图片。",
        Words("paintings", "绘画"),
        labels=("label",),
        show=False,
    ),
)
