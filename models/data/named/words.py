"""Data sets of sentences, stories and poems."""

from models.data.source import Source
from models.family import Words

RESEARCH = (
    "Research and teaching only: the source states no licence for its sentences.",
    "仅限研究和教学:来源未说明这些句子的许可证。",
)

SETS: tuple[Source, ...] = (
    Source(
        "captions",
        "text/captions.tsv.gz",
        "Flickr30k and Flickr8k descriptions of photographs",
        "Peter Young, Alice Lai, Micah Hodosh, Julia Hockenmaier (TACL 2014, JAIR 2013); Desmond "
        "Elliott, Stella Frank, Khalil Sima'an, Lucia Specia (Multi30k, 2016)",
        "not stated by the source",
        *RESEARCH,
        Words("captions", "图片描述"),
    ),
    Source(
        "coco",
        "text/coco_captions_textgan_train.txt.gz",
        "MS COCO captions, the selection of the text-GAN literature (Texygen)",
        "Tsung-Yi Lin and others (MS COCO, 2014), Xinlei Chen and others (2015); chosen by Yaoming "
        "Zhu, Sidi Lu, Lei Zheng and others (Texygen, SIGIR 2018)",
        "MIT / CC BY 4.0",
        "Credit the COCO consortium and the authors of Texygen.",
        "请注明 COCO 联盟和 Texygen 的作者。",
        Words("COCO captions", "COCO 图片描述"),
    ),
    Source(
        "stories",
        "text/stories.tsv.gz",
        "TinyStories, a sample: short stories for children",
        "Ronen Eldan, Yuanzhi Li (2023); texts written by GPT-3.5 and GPT-4",
        "CDLA-Sharing-1.0",
        "Credit the authors; pass data on under the same terms.",
        "请注明作者;转发数据时须采用相同条款。",
        Words("stories", "故事"),
    ),
    Source(
        "shakespeare",
        "text/tinyshakespeare.txt.gz",
        "Plays by Shakespeare (tinyshakespeare)",
        "William Shakespeare; collected by Andrej Karpathy",
        "public domain",
        "Free for any use.",
        "可自由使用。",
        Words("Shakespeare", "莎士比亚"),
    ),
    Source(
        "emotions",
        "text/goemotions.tsv.gz",
        "GoEmotions: short comments with emotions",
        "Dorottya Demszky, Dana Movshovitz-Attias, Jeongwoo Ko, Alan Cowen, Gaurav Nemade, Sujith "
        "Ravi (Google Research, ACL 2020)",
        "Apache-2.0",
        "Credit the authors.",
        "请注明作者。",
        Words("comments", "短评"),
        labels=("emotion",),
    ),
    Source(
        "poems",
        "text/zh_poems.tsv.gz",
        "Quatrains of the Tang and Song (chinese-poetry)",
        "4,328 poets of the Tang and Song; collected by JackeyGao and contributors",
        "MIT; the poems are in the public domain",
        "Free for any use; credit the collection.",
        "可自由使用;请注明所用诗集。",
        Words("Chinese poems", "绝句"),
        labels=("form", "rhyme"),
    ),
    Source(
        "en-zh",
        "text/en_zh.tsv.gz",
        "English sentences with Chinese translations (Tatoeba)",
        "about 1,000 contributors of the Tatoeba project",
        "CC BY 2.0 FR",
        "Credit Tatoeba (tatoeba.org).",
        "请注明 Tatoeba(tatoeba.org)。",
        Words("English to Chinese", "英译中"),
    ),
    Source(
        "multi30k",
        "text/multi30k.tsv.gz",
        "Multi30k: descriptions of photographs in English and French",
        "Desmond Elliott, Stella Frank, Khalil Sima'an, Lucia Specia (2016); Desmond Elliott, "
        "Stella Frank, Loic Barrault, Fethi Bougares, Lucia Specia (2017)",
        "not stated by the source",
        *RESEARCH,
        Words("English to French", "英译法"),
    ),
    Source(
        "support",
        "text/customer_support.tsv.gz",
        "Customer support questions, intents and answers",
        "Bitext Innovations",
        "CDLA-Sharing-1.0",
        "Answers are templates of no real company; pass data on under the same terms.",
        "回答是模板,不属于任何真实公司;转发数据时须采用相同条款。",
        Words("a shop", "商店"),
        labels=("intent",),
    ),
)
