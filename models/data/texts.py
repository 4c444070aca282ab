"""Texts in memory: a named data set, or a person's own folder of .txt files, read the same way."""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from models.data.source import Source
from models.data.sources import SOURCES, data_folder
from models.family import Words

FEWEST = 16  # below this a network only repeats what it saw
ANSWERS = " => "
SENTENCE_END = re.compile(r"(?<=[.!?]) ")
LONGEST_OWN = 200  # characters of a reply's beginning
SPLITS = {"train": "train", "validation": "val", "test": "test"}
QUATRAINS = ("五绝", "七绝")
# The 8 of 28 feelings that a judge tells apart in real comments; the others are vague or rare.
EMOTIONS = (
    "admiration", "amusement", "anger", "curiosity", "fear", "gratitude", "love", "sadness",
)  # fmt: skip


@dataclass(frozen=True)
class TextSet:
    """Texts with integer labels by column, as `PictureSet` has them."""

    texts: list[str]
    source: Source
    labels: dict[str, np.ndarray] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)  # what each text translates or replies to

    def __len__(self) -> int:
        return len(self.texts)

    def pairs(self) -> list[tuple[str, str]]:
        """(what is heard, the text that answers it). A line of a person's own folder holds both
        with ANSWERS between them; one without answers itself."""
        if self.heard:
            return list(zip(self.heard, self.texts, strict=True))
        halves = (text.partition(ANSWERS) for text in self.texts)
        return [(heard, answer or heard) for heard, _, answer in halves]


def load_texts(name: str, split: str = "train") -> TextSet:
    """Load the data set called `name`, or every line of the .txt files below the folder `name`.

    `split` is train, validation or test; a folder's lines are split by their hash (10 % test, 5 %
    validation). FileNotFoundError and ValueError say in one sentence what is missing.
    """
    if name in SOURCES:
        source = SOURCES[name]
        path = data_folder() / source.file
        if name not in READERS:
            raise ValueError(f"{name!r} holds no texts; data sets of texts: {', '.join(READERS)}.")
        if not path.exists():
            raise FileNotFoundError(
                f"Data set {name!r} is not at {path}: set STUDIO_DATA to the folder that holds "
                f"{source.file}, or pass a folder of your own .txt files."
            )
        return READERS[name](source, path, split)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise FileNotFoundError(
            f"No data set and no folder is called {name!r}; data sets: {', '.join(READERS)}."
        )
    return _own(folder, split)


def lower(text: str) -> str:
    """How sentences are read: small letters, single spaces."""
    return " ".join(text.lower().split())


def rows(path: Path, split: str = "") -> Iterator[dict[str, str]]:
    """The rows of a .tsv.gz in file order, those of one split where it is given."""
    csv.field_size_limit(sys.maxsize)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not split or row["split"] == SPLITS[split]:
                yield row


def _whole(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read()


def _captions(source: Source, path: Path, split: str) -> TextSet:
    return TextSet([lower(r["sentence"]) for r in rows(path, split)], source)


def _coco(source: Source, path: Path, split: str) -> TextSet:
    """The published files; the last 500 training lines are for validation."""
    if split == "test":
        path = path.with_name(path.name.replace("_train", "_test"))
    lines = [lower(x) for x in _whole(path).splitlines()]
    if split != "test":
        lines = lines[:-500] if split == "train" else lines[-500:]
    return TextSet(lines, source)


def _stories(source: Source, path: Path, split: str) -> TextSet:
    """The two TinyStories parts: fables and fairy tales speak another language."""
    found = [r["text"] for r in rows(path, split) if r["source"].startswith("tinystories")]
    return TextSet([text.replace("\\n", "\n") for text in found], source)


def _shakespeare(source: Source, path: Path, split: str) -> TextSet:
    """First 90 % to learn, as everywhere; the rest is validation and test in two halves."""
    text = _whole(path)
    ninety, middle = len(text) * 9 // 10, len(text) * 95 // 100
    part = {"train": (0, ninety), "validation": (ninety, middle), "test": (middle, len(text))}
    start, end = part[split]
    return TextSet([text[start:end]], source)


def _emotions(source: Source, path: Path, split: str) -> TextSet:
    """Comments with one of EMOTIONS and no other; a masked name becomes a plain word."""
    found = [r for r in rows(path, split) if r["emotions"] in EMOTIONS]
    texts = [lower(r["text"].replace("[NAME]", "Alex")) for r in found]
    labels = np.array([EMOTIONS.index(r["emotions"]) for r in found], dtype=np.int64)
    return TextSet(texts, source, {"emotion": labels}, {"emotion": EMOTIONS})


def _poems(source: Source, path: Path, split: str) -> TextSet:
    """Quatrains with their form (5 or 7 characters a line) and the rhyme of their even lines."""
    from models.data.rhyme import RHYMES, rhyme_of

    found = [r for r in rows(path, split) if r["form"] in QUATRAINS]
    texts = [r["poem"] for r in found]
    form = np.array([QUATRAINS.index(r["form"]) for r in found], dtype=np.int64)
    rhyme = np.array([RHYMES.index(rhyme_of(text)) for text in texts], dtype=np.int64)
    return TextSet(texts, source, {"form": form, "rhyme": rhyme},
                   {"form": QUATRAINS, "rhyme": RHYMES})  # fmt: skip


def _translations(target: str):
    """A reader of English sentences with their translations into the column `target`."""

    def read(source: Source, path: Path, split: str) -> TextSet:
        found = list(rows(path, split))
        heard = [lower(r["en"]) for r in found]
        return TextSet([lower(r[target]) for r in found], source, heard=heard)

    return read


def _support(source: Source, path: Path, split: str) -> TextSet:
    """Questions with the standard answer of their intent, and with the beginning of an answer of
    their own where there is one; held-out ones with the standard answer alone."""
    answers = path.with_name("customer_support_answers.tsv.gz")
    standard = {r["intent"]: lower(r["answer"]) for r in rows(answers)}
    heard, texts, intents = [], [], []
    for r in rows(path, split):
        said = [standard[r["intent"]]]
        own = " ".join(SENTENCE_END.split(lower(r["answer"]))[:2])
        if split == "train" and own and len(own) <= LONGEST_OWN and ":" not in own:
            said.append(own)
        heard += [lower(r["question"])] * len(said)
        texts += said
        intents += [r["intent"]] * len(said)
    names = tuple(sorted(standard))
    labels = np.array([names.index(i) for i in intents], dtype=np.int64)
    return TextSet(texts, source, {"intent": labels}, {"intent": names}, heard)


READERS = {
    "captions": _captions,
    "coco": _coco,
    "stories": _stories,
    "shakespeare": _shakespeare,
    "emotions": _emotions,
    "poems": _poems,
    "en-zh": _translations("zh"),
    "multi30k": _translations("fr"),
    "support": _support,
}


def _own(folder: Path, split: str) -> TextSet:
    lines = [
        lower(line)
        for path in sorted(folder.rglob("*.txt"))
        for line in path.read_text("utf-8", errors="replace").splitlines()
        if line.strip()
    ]
    kept = [line for line in lines if _part(line) == split]
    if len(kept) < FEWEST:
        raise ValueError(
            f"{folder} holds {len(kept)} lines of text for {split}; at least {FEWEST} are needed."
        )
    source = Source(
        folder.name,
        str(folder.name),
        f"Own folder {folder.name}",
        "the owner of the folder",
        "the owner's",
        "Ask the owner of the texts before passing results on.",
        "转发结果前请先征得文本所有者同意。",
        Words(folder.name, folder.name),
    )
    return TextSet(kept, source)


def _part(line: str) -> str:
    number = int(hashlib.md5(line.encode()).hexdigest()[:8], 16) % 100
    return "test" if number < 10 else "validation" if number < 15 else "train"
