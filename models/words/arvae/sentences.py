"""A text as sentences, and stories as the tensors that one step learns from. Nothing is lost:
joined, the pieces of the sentences are the pieces of the text."""

from __future__ import annotations

import re
from typing import NamedTuple

import torch

from models.data.vocabulary import END, START, Vocabulary
from models.layers.language import padded

# Behind a full stop and its closing quotation mark, before white space; Chinese needs none.
BETWEEN = re.compile(
    r"""(?:(?<=[.!?])|(?<=[.!?]["'”]))(?=\s)|(?<=[\u3002\uff01\uff1f])(?=[^”\s])"""
)
WHOLE = re.compile(r"""[.!?\u3002\uff01\uff1f]["'”]?\s*$""")


class Stories(NamedTuple):
    """n stories of up to s sentences and t pieces, m sentences in all."""

    sentences: torch.Tensor  # (m, longest) with END behind each, END beyond
    lengths: torch.Tensor  # (m,)
    counts: torch.Tensor  # (n,) sentences of each story
    read: torch.Tensor  # (n, t) START and the pieces of every sentence
    goals: torch.Tensor  # (n, t) the pieces and END of every sentence; -1: nothing
    which: torch.Tensor  # (n, t) the sentence that a goal belongs to

    def to(self, device: torch.device) -> Stories:
        return Stories(*(part.to(device) for part in self))


def sentences_of(text: str, vocabulary: Vocabulary) -> list[list[int]]:
    """The pieces of each sentence, the white space before it included."""
    return [vocabulary.encode(part) for part in BETWEEN.split(text) if part]


def story_of(text: str, vocabulary: Vocabulary, most: int) -> list[list[int]]:
    """Sentences with END behind each, and an empty one as the story's end, unless there are more
    than `most`: then the first `most`."""
    found = [[*sentence, END] for sentence in sentences_of(text, vocabulary)]
    return [*found, [END]][:most]


def is_whole(text: str) -> bool:
    """Whether the last sentence of a text has come to its end."""
    return bool(WHOLE.search(text))


def gather(stories: list[list[list[int]]]) -> Stories:
    """Stories as `story_of` gives them -> tensors"""
    sentences, lengths = padded([sentence for story in stories for sentence in story])
    counts = torch.tensor([len(story) for story in stories])
    longest = max(sum(map(len, story)) for story in stories)
    read = torch.zeros(len(stories), longest, dtype=torch.int64)
    goals, which = torch.full_like(read, -1), torch.zeros_like(read)
    for i, story in enumerate(stories):
        goal = [piece for sentence in story for piece in sentence]
        goals[i, : len(goal)] = torch.tensor(goal)
        read[i, : len(goal)] = torch.tensor([p for s in story for p in (START, *s[:-1])])
        which[i, : len(goal)] = torch.tensor([k for k, s in enumerate(story) for _ in s])
    return Stories(sentences, lengths, counts, read, goals, which)
