"""The variational loop for texts: evidence bound, with known remedies against posterior collapse.

The family's network normalises its means (BN-VAE); besides, some of the words before are hidden
from the decoder (Bowman and others 2016), the latents alone must guess the words in any order
(Zhao and others 2017), and the cost of the latents grows from a tenth of its weight.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from models.data.texts import TextSet, load_texts
from models.data.themes import THEMES, having
from models.data.vocabulary import END, FIRST, UNKNOWN
from models.layers.autoencoder import draw
from models.layers.language import padded
from models.learning.average import settle
from models.learning.hiding import Hiding
from models.learning.job import Job
from models.learning.language import begin, shifted
from models.learning.learner import Learner
from models.learning.variational import cost_of_latents

HELD = 1000  # held-out texts that are read at every save
LOOKED_AT = 8_000  # training texts that the themes are found on
LATENT_FLOOR = 0.1  # share of the latents' weight that training begins with


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet.txt and curves."""
    recipe, device = job.recipe, job.device
    data, vocabulary, network = begin(job)
    bag = nn.Linear(job.config.latent, job.config.pieces).to(device)
    learner = Learner(job, network, bag=bag)
    hiding = None
    if network.sizes and recipe.hide:
        hiding = Hiding(job.config.latent, list(network.sizes)).to(device)
        reads = torch.optim.Adam(hiding.parameters(), recipe.rate, (0.5, 0.99))
        learner.parts |= {"hiding": hiding, "reads": reads}
    begun, average, latest = learner.begin(), learner.average, learner.latest
    texts, labels = Numbered(data, vocabulary, job.config), None
    held = Numbered(load_texts(job.data, "validation"), vocabulary, job.config).some(HELD)
    if begun:
        learner.best = lowered(bound(average, *held), recipe.beta)
    batches = texts.batches(recipe.batch)

    def save() -> None:
        """The newest average is published where it does best on held-out texts."""
        seen = texts.batches(recipe.batch)
        with torch.no_grad():
            settle(latest, lambda: latest.encode(*padded(next(seen)[0])))
        found = bound(latest, *held)
        score = lowered(found, recipe.beta)
        if score < learner.best:
            find_themes(latest, job, data, vocabulary)
        learner.keep_best(found, score)
        learner.save()

    for step in job.steps(recipe.batch, save, lambda: sheet(job, average, data)):
        learner.set_rate(step)
        chosen, labels = next(batches)
        with job.mixed():
            found = network.encode(*(x.to(device) for x in padded(chosen)))
        mean, spread = (x.float() for x in found)
        z = draw(mean, spread)
        read, goals = (x.to(device) for x in shifted(chosen))
        asked = goals >= 0
        with job.mixed():
            hidden, _ = network(forget(read, recipe.forget), network.told(z, labels))
            scores, guesses = network.scores(hidden[asked]), bag(z)
        words = F.cross_entropy(scores.float(), goals[asked], reduction="sum")
        latents = cost_of_latents(mean, spread).sum()
        guessed = bag_cost(guesses.float(), goals)
        weight = recipe.beta * min(1.0, LATENT_FLOOR + step / recipe.warm_up)
        loss = (words + weight * latents + recipe.bag * guessed) / asked.sum()
        if hiding:
            reads.zero_grad(set_to_none=True)
            hiding.reads(z.detach(), labels).backward()
            reads.step()
            loss = loss + recipe.hide * hiding.tells(z)
        learner.descend(loss, step)
        count = len(chosen)
        job.note(words=words.item() / count, latents=latents.item() / count,
                 bag=guessed.item() / count)  # fmt: skip


def lowered(found: dict[str, float], beta: float) -> float:
    """What training lowers, of held-out texts: nats of the words and the weighted latents."""
    return found["words"] + beta * found["latents"]


def forget(read: torch.Tensor, share: float) -> torch.Tensor:
    """Hide this share of the words before from the decoder; START and END stay."""
    hidden = (torch.rand(read.shape, device=read.device) < share) & (read >= FIRST)
    return torch.where(hidden, UNKNOWN, read)


def bag_cost(scores: torch.Tensor, goals: torch.Tensor) -> torch.Tensor:
    """Nats to guess the pieces of each text (n, t; -1: none) in any order from (n, pieces)"""
    chances = scores.log_softmax(1)
    pieces = goals.clamp(min=0)
    return -(chances.gather(1, pieces) * (goals > END)).sum()


class Numbered:
    """Texts as numbers, with the labels of the conditions, (n, conditions) or None."""

    def __init__(self, data: TextSet, vocabulary, config) -> None:
        longest = config.most
        self.texts = [vocabulary.encode(text)[:longest] or [UNKNOWN] for text in data.texts]
        columns = [data.labels[name] for name in config.conditions]
        self.labels = torch.from_numpy(np.stack(columns, 1)) if columns else None

    def pick(self, index: list[int]):
        """These texts and their labels."""
        labels = None if self.labels is None else self.labels[index]
        return [self.texts[i] for i in index], labels

    def some(self, count: int):
        """A fixed draw of at most `count`."""
        order = np.random.RandomState(0).permutation(len(self.texts))[:count]
        return self.pick(order.tolist())

    def batches(self, batch: int):
        """Endless batches of texts of like length."""
        while True:
            order = torch.randperm(len(self.texts)).tolist()
            for start in range(0, len(order), batch * 50):
                pool = order[start : start + batch * 50]
                pool.sort(key=lambda i: len(self.texts[i]))
                groups = [pool[i : i + batch] for i in range(0, len(pool), batch)]
                for i in torch.randperm(len(groups)).tolist():
                    if len(groups[i]) > 1:  # a batch of one has no spread to normalise
                        yield self.pick(groups[i])


@torch.no_grad()
def bound(network, texts: list[list[int]], labels: torch.Tensor | None) -> dict[str, float]:
    """The evidence bound with one latent a text, in nats a text: all of it, words, latents; and
    how many latents are active (variance of their means above 0.01)."""
    words, latents, means = 0.0, 0.0, []
    seeded = torch.Generator().manual_seed(0)
    device = network.spelling.device
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(order), 64):
        index = order[start : start + 64]
        chosen = [texts[i] for i in index]
        mean, spread = network.encode(*(x.to(device) for x in padded(chosen)))
        noise = torch.randn(mean.shape, generator=seeded).to(device)
        told = network.told(
            mean + noise * (spread / 2).exp(), None if labels is None else labels[index]
        )
        read, goals = (x.to(device) for x in shifted(chosen))
        wanted = goals >= 0
        scores = network.scores(network(read, told)[0][wanted])
        words += F.cross_entropy(scores, goals[wanted], reduction="sum").item()
        latents += cost_of_latents(mean, spread).sum().item()
        means.append(mean)
    count = len(texts)
    active = int((torch.cat(means).var(0) > 0.01).sum())
    return {
        "nats": (words + latents) / count,
        "words": words / count,
        "latents": latents / count,
        "active": active,
    }


@torch.no_grad()
def find_themes(network, job: Job, data: TextSet, vocabulary) -> None:
    """Write a direction for each theme: from the texts without its words to those with them."""
    themes = THEMES.get(data.source.name, ())
    if not themes:
        network.directions.copy_(torch.eye(*network.directions.shape))
        return
    some = np.random.RandomState(1).permutation(len(data.texts))[:LOOKED_AT]
    texts = sorted((data.texts[i] for i in some), key=len)
    means = torch.cat([network.read(texts[i : i + 128]) for i in range(0, len(texts), 128)])
    for i, theme in enumerate(themes):
        has = torch.tensor(having(theme, texts), device=means.device)
        if 0 < has.sum() < len(has):
            way = means[has].mean(0) - means[~has].mean(0)
            network.directions[i] = way / way.norm().clamp(min=1e-6)


def sheet(job: Job, network, data: TextSet) -> None:
    """Held-out texts with what comes back, then samples, in sheet.txt."""
    from models.answer import answer, default_asked

    def made(seed: int, **controls) -> str:
        asked = default_asked(job.family, job.config, seed, **controls)
        with torch.inference_mode():
            *_, (_, texts) = answer(network, job.family, job.config, [asked], job.device)
        return texts[0].text

    held = load_texts(job.data, "validation")
    rows = job.rows[-1] if job.rows else {}
    lines = [f"{job.name}, {job.spent:.1f} minutes, {rows}", ""]
    for i in range(0, min(len(held), 80), 10):
        labels = {c: held.names[c][held.labels[c][i]] for c in job.config.conditions}
        text = held.texts[i]
        if len(text) <= 300:
            lines += ["  " + text, "= " + made(0, sentence=text, **labels)]
    lines += ["", *(made(seed) for seed in range(16))]
    lines += ["", *(made(seed, temperature=0.7) for seed in range(8))]
    (job.folder / "sheet.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
