"""The bound of whole stories: surprise of the words, and of every sentence's latents.

Against latents that say nothing: some of the words before are hidden from the decoder, the latents
alone must guess their sentence's words in any order, and their first nats cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import nn

from models.data.texts import load_texts
from models.layers.autoencoder import divergence
from models.learning.job import Job
from models.learning.language import begin, sheet
from models.learning.learner import Learner
from models.learning.text_variational import bag_cost, forget, lowered

from .network import ArVae, Seen
from .sentences import Stories, gather, story_of

LATENT_FLOOR = 0.1  # share of the latents' weight that training begins with
POOL = 20  # batches that are sorted by length together


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet.txt and curves."""
    recipe, device = job.recipe, job.device
    data, vocabulary, network = begin(job)
    bag = nn.Linear(job.config.latent, job.config.pieces).to(device)
    learner = Learner(job, network, bag=bag)
    begun, average, latest = learner.begin(), learner.average, learner.latest
    stories = [story_of(text, vocabulary, recipe.sentences) for text in data.texts]
    unseen = load_texts(job.data, "validation").texts
    held = [story_of(text, vocabulary, recipe.sentences) for text in unseen]
    if begun:
        learner.best = lowered(bound(average, held), recipe.beta)
    draws = batches(stories, recipe.batch)

    def save() -> None:
        """The newest average is published where it does best on held-out stories."""
        found = bound(latest, held)
        learner.keep_best(found, lowered(found, recipe.beta))
        learner.save()

    for step in job.steps(recipe.batch, save, lambda: sheet(job, average)):
        learner.set_rate(step)
        batch = next(draws).to(device)
        noise = torch.randn(len(batch.counts), int(batch.counts.max()), network.latent).to(device)
        wanted = batch.goals >= 0
        with job.mixed():
            seen = network(batch, forget(batch.read, recipe.forget), noise)
            scores, guesses = network.scores(seen.hidden[wanted]), bag(of_sentences(seen.z, batch))
        words = F.cross_entropy(scores.float(), batch.goals[wanted], reduction="sum")
        latents, paid = costs(seen, batch, recipe.free)
        guessed = bag_cost(guesses.float(), batch.sentences)
        weight = recipe.beta * min(1.0, LATENT_FLOOR + step / recipe.warm_up)
        loss = (words + weight * paid + recipe.bag * guessed) / wanted.sum()
        learner.descend(loss, step)
        count = len(batch.lengths)
        job.note(words=words.item() / count, latents=latents.item() / count,
                 bag=guessed.item() / count)  # fmt: skip


def of_sentences(values: torch.Tensor, batch: Stories) -> torch.Tensor:
    """(n, s, ...) -> (m, ...): those of sentences that there are"""
    inside = torch.arange(values.shape[1], device=values.device) < batch.counts[:, None]
    return values[inside]


def costs(seen: Seen, batch: Stories, free: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Nats of all latents, and what is paid for them: what is expected learns at full price even
    where a sentence's first `free` nats cost its latents nothing."""
    mean, spread, middle, width = (of_sentences(x, batch) for x in seen[:4])
    cost = divergence(mean, spread, middle, width)
    fit = divergence(mean.detach(), spread.detach(), middle, width)
    return cost.sum(), ((cost - free).clamp(min=0) + fit - fit.detach()).sum()


def batches(stories: list[list[list[int]]], batch: int) -> Iterator[Stories]:
    """Endless batches of stories of like length."""
    sizes = [sum(map(len, story)) for story in stories]
    while True:
        order = torch.randperm(len(stories)).tolist()
        for start in range(0, len(order), batch * POOL):
            pool = sorted(order[start : start + batch * POOL], key=lambda i: sizes[i])
            groups = [pool[i : i + batch] for i in range(0, len(pool), batch)]
            for i in torch.randperm(len(groups)).tolist():
                yield gather([stories[k] for k in groups[i]])


@torch.no_grad()
def read_all(network: ArVae, stories: list[list[list[int]]]) -> Iterator[tuple[Stories, Seen]]:
    """Batches of stories as the network sees them, latents drawn by a fixed seed."""
    seeded = torch.Generator().manual_seed(0)
    device = network.spelling.device
    ordered = sorted(stories, key=lambda story: sum(map(len, story)))
    training = network.training
    network.eval()
    for start in range(0, len(ordered), 32):
        batch = gather(ordered[start : start + 32]).to(device)
        shape = len(batch.counts), int(batch.counts.max()), network.latent
        noise = torch.randn(shape, generator=seeded).to(device)
        yield batch, network(batch, batch.read, noise)
    network.train(training)


def bound(network: ArVae, stories: list[list[list[int]]]) -> dict[str, float]:
    """The evidence bound in nats a story: words, with the ends of sentences, and latents."""
    words, latents = 0.0, 0.0
    for batch, seen in read_all(network, stories):
        wanted = batch.goals >= 0
        scores = network.scores(seen.hidden[wanted])
        words += F.cross_entropy(scores, batch.goals[wanted], reduction="sum").item()
        latents += costs(seen, batch, 0.0)[0].item()
    count = len(stories)
    return {"words": words / count, "latents": latents / count}
