"""Counting: one pass over the texts is all the training there is."""

from __future__ import annotations

import dataclasses
import time
from collections import Counter

import torch

from models.data.vocabulary import END, START
from models.learning.job import Job
from models.learning.language import prepare, sheet


def learn(job: Job) -> None:
    """Count once; the folder gets the same state and sheet that the other loops leave."""
    begun = time.monotonic()
    data, vocabulary = prepare(job)
    single = torch.ones(len(vocabulary))
    pairs: Counter[tuple[int, int]] = Counter()
    triples: Counter[tuple[int, int]] = Counter()
    for text in data.texts:
        row = [START, START, *vocabulary.encode(text), END]
        for a, b, c in zip(row, row[1:], row[2:], strict=False):
            single[c] += 1
            pairs[b, c] += 1
            triples[a * len(vocabulary) + b, c] += 1
    counted = {"pair": _columns(pairs, 1), "triple": _columns(triples, job.recipe.rarest)}
    job.config = dataclasses.replace(
        job.config, pairs=len(counted["pair"][0]), triples=len(counted["triple"][0])
    )
    network = job.family.build(job.config)
    network.learn_spelling(vocabulary)
    network.fit(counted, single)
    job.seen, job.spent = len(data), (time.monotonic() - begun) / 60
    job.note(pairs=len(pairs), triples=len(triples))
    job.save({"average": network})
    sheet(job, network)
    job.finish(job.seen, job.spent)


def _columns(counts: Counter[tuple[int, int]], rarest: int) -> tuple[torch.Tensor, ...]:
    """(context, piece, count) in order, without what was seen less often than `rarest`."""
    kept = sorted((*key, count) for key, count in counts.items() if count >= rarest)
    kept = kept or [(0, 0, 0)]  # a buffer is never empty
    before, piece, count = zip(*kept, strict=True)
    return torch.tensor(before), torch.tensor(piece), torch.tensor(count)
