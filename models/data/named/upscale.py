"""Data sets for upscaling: one collection of sharp photographs, made small in three ways."""

from __future__ import annotations

from models.data.source import Source
from models.family import Words

AUTHORS = (
    "the photographers named in labels.tsv, file by file: Cloudinary CID22, CLIC 2025, "
    "T. Kolmychek, Buddies of Budgie, deepin, Pop!_OS, Lomiri wallpapers, G. Rosato's image set; "
    "beside them small pictures: Caltech 101 (Li, Andreetto, Ranzato, Perona), butterflies "
    "(G. Piosenka), Flickr landscapes of monet2photo (Zhu, Park, Isola, Efros)"
)


def _sharp(name: str, title: str, noun: Words) -> Source:
    return Source(
        name,
        "images/sr_train.zip",
        title,
        AUTHORS,
        "mixed: CC0, Unsplash licence, CC BY 4.0, CC BY-SA 4.0 (each crop's own in labels.tsv); "
        "the small pictures' own, partly not stated",
        "Your own picture stays yours; the training crops themselves are not shown.",
        "您自己的图片仍归您所有;训练用的裁片本身不会展示。",
        noun,
        show=False,
    )


SETS = (
    Source(
        "any",
        "",
        "nothing: a fixed formula",
        "Robert Keys (1981)",
        "none needed",
        "Free for any use; your own picture stays yours.",
        "可自由使用;您自己的图片仍归您所有。",
        Words("any picture", "任意图片"),
        show=False,
    ),
    _sharp("photos4", "Sharp photographs, quartered", Words("photographs x4", "照片 4 倍")),
    _sharp("photos2", "Sharp photographs, halved", Words("photographs x2", "照片 2 倍")),
    _sharp(
        "phone4",
        "Sharp photographs, blurred, quartered, with grain and JPEG marks",
        Words("worn photographs x4", "受损照片 4 倍"),
    ),
)
