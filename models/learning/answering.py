"""The loop of texts that answer texts: the likelihood of the answer, and the cost of its latent.

Some texts are learned without their latent, so that 0 is the answer that fits most; certainty is
smoothed (Szegedy and others, CVPR 2016).
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F

from models.data.texts import TextSet, load_texts
from models.data.vocabulary import UNKNOWN
from models.layers.autoencoder import draw
from models.layers.language import padded
from models.learning.average import settle
from models.learning.job import Job
from models.learning.language import begin, shifted
from models.learning.learner import Learner
from models.learning.variational import cost_of_latents

HELD = 800  # held-out pairs that are read at every save
Pair = tuple[list[int], list[int]]


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet.txt and curves."""
    recipe, device = job.recipe, job.device
    data, vocabulary, network = begin(job)
    learner = Learner(job, network)
    begun, average, latest = learner.begin(), learner.average, learner.latest
    pairs = numbered(data, vocabulary, recipe.most)
    held = numbered(load_texts(job.data, "validation"), vocabulary, recipe.most)[:HELD]
    if begun:
        learner.best = surprise(average, held)["nats"]
    draws = batches(pairs, recipe.batch)

    def save() -> None:
        """The newest average is published where it answers held-out texts better than the best."""
        seen = batches(pairs, recipe.batch)
        with torch.no_grad():
            settle(latest, lambda: latest.posterior(*_both(latest, next(seen), device)))
        found = surprise(latest, held)
        learner.keep_best(found, found["nats"])
        learner.save()

    for step in job.steps(recipe.batch, save, lambda: sheet(job, average)):
        learner.set_rate(step)
        chosen = next(draws)
        heard, answer = _both(network, chosen, device)
        mean, spread = network.posterior(heard, answer)
        without = (torch.rand(len(chosen), 1, device=device) < recipe.usual).float()
        z = draw(mean, spread) * (1 - without)
        read, goals = (x.to(device) for x in shifted([text for _, text in chosen]))
        hidden, _ = network(read, heard, z)
        asked = goals >= 0
        words = F.cross_entropy(
            network.scores(hidden[asked]), goals[asked], label_smoothing=recipe.smooth
        )
        latents = (cost_of_latents(mean, spread) * (1 - without[:, 0])).sum() / asked.sum()
        loss = words + latents
        learner.descend(loss, step)
        job.note(words=words.item(), latents=latents.item())


def numbered(data: TextSet, vocabulary, most: int) -> list[Pair]:
    """What is heard and what answers it as numbers, at least one and at most `most` of each."""

    def few(text: str) -> list[int]:
        return vocabulary.encode(text)[:most] or [UNKNOWN]

    return [(few(heard), few(text)) for heard, text in data.pairs()]


def batches(pairs: list[Pair], batch: int) -> Iterator[list[Pair]]:
    """Endless batches of answers of like length, and among those of texts of like length."""
    while True:
        order = torch.randperm(len(pairs)).tolist()
        for start in range(0, len(order), batch * 50):
            pool = [pairs[i] for i in order[start : start + batch * 50]]
            pool.sort(key=lambda pair: (len(pair[1]), len(pair[0])))
            groups = [pool[i : i + batch] for i in range(0, len(pool), batch)]
            for i in torch.randperm(len(groups)).tolist():
                if len(groups[i]) > 1:  # a batch of one has no spread to normalise
                    yield groups[i]


def _both(network, chosen: list[Pair], device):
    """What was heard and its answers, as the network hears them."""
    sides = zip(*chosen, strict=True)
    return [network.hear(*(x.to(device) for x in padded(list(side)))) for side in sides]


@torch.no_grad()
def surprise(network, pairs: list[Pair]) -> dict[str, float]:
    """Nats of a held-out answer without its latent, END included, a text and a piece; nats that
    the latent would tell of it."""
    device = network.spelling.device
    total, pieces, latents = 0.0, 0, 0.0
    ordered = sorted(pairs, key=lambda pair: len(pair[1]))
    for start in range(0, len(ordered), 64):
        chosen = ordered[start : start + 64]
        heard, answer = _both(network, chosen, device)
        mean, spread = network.posterior(heard, answer)
        latents += cost_of_latents(mean, spread).sum().item()
        read, goals = (x.to(device) for x in shifted([text for _, text in chosen]))
        hidden, _ = network(read, heard, torch.zeros_like(mean))
        wanted = goals >= 0
        scores = network.scores(hidden[wanted])
        total += F.cross_entropy(scores, goals[wanted], reduction="sum").item()
        pieces += int(wanted.sum())
    count = len(pairs)
    return {"nats": total / count, "a_piece": total / pieces, "latents": latents / count}


def sheet(job: Job, network) -> None:
    """Held-out texts, what a person answered and what comes, in sheet.txt."""
    from models.answer import answer, default_asked

    rows = job.rows[-1] if job.rows else {}
    lines = [f"{job.name}, {job.spent:.1f} minutes, {rows}", ""]
    held = load_texts(job.data, "validation").pairs()
    for heard, real in held[:: max(1, len(held) // 24)]:
        asked = default_asked(job.family, job.config, 0, heard=heard[:300])
        with torch.inference_mode():
            *_, (_, texts) = answer(network, job.family, job.config, [asked], job.device)
        lines += ["  " + heard, "? " + real, "= " + texts[0].text]
    (job.folder / "sheet.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
