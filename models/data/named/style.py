"""Data sets for changing the style of pictures."""

from models.data.source import Source
from models.family import Words

SETS: tuple[Source, ...] = (
    Source(
        "monet",
        "images/style_monet2photo.zip",
        "monet2photo: paintings by Claude Monet and landscape photographs",
        "Jun-Yan Zhu, Taesung Park, Phillip Isola, Alexei A. Efros (CycleGAN, ICCV 2017); "
        "paintings by Claude Monet (died 1926), photographs by Flickr's landscape photographers",
        "not stated by the source; the paintings are in the public domain",
        "Only for learning from: the photographs belong to their authors and are not shown.",
        "仅用于训练:照片归原作者所有,不予展示。",
        Words("Monet", "莫奈"),
        labels=("domain",),
        show=False,
    ),
    Source(
        "sunset",
        "images/style_day2sunset.zip",
        "Landscapes by day and at sunset",
        "Flickr's landscape photographers, collected by Jun-Yan Zhu and others "
        "(CycleGAN, ICCV 2017)",
        "not stated by the source",
        "Only for learning from: the photographs belong to their authors and are not shown.",
        "仅用于训练:照片归原作者所有,不予展示。",
        Words("sunset", "日落"),
        labels=("domain",),
        show=False,
    ),
    Source(
        "art",
        "images/style_refs.zip",
        "40 works of art in clearly different styles; with them Monet's paintings and WikiArt "
        "paintings as styles, and 571 freely licensed photographs as contents",
        "artists who died before 1950, one by one in assets/styles/credits.tsv; paintings of "
        "WikiArt; photographers of Unsplash, Flickr and Wikimedia",
        "public domain (the 40 works); for training only (the others)",
        "Say who made the style picture; a result of your own photograph is yours.",
        "请注明风格图片的作者;由您自己的照片得到的结果归您所有。",
        Words("paintings and prints", "绘画与版画"),
        labels=("style",),
        mirror=False,
    ),
    Source(
        "contents",
        "images/content_train.zip",
        "571 freely licensed photographs",
        "Unsplash's, Flickr's and Wikimedia's photographers; one by one in the data set's table",
        "CC0, Unsplash licence, CC BY, CC BY-SA, one by one",
        "Trains style networks; its pictures are not shown.",
        "用于训练风格网络;不展示其中的图片。",
        Words("photographs", "照片"),
        show=False,
    ),
)
