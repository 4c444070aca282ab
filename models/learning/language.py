"""The loop of language models: the negative log-likelihood of the next piece.

Short texts (sentences, poems) are learned one by one, batches of like length; long ones (stories,
plays) as parallel streams cut into windows, with the state carried from window to window.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import torch
import torch.nn.functional as F

from models.data.lexicon import known_words, packed
from models.data.texts import TextSet, load_texts
from models.data.vocabulary import END, START, Vocabulary, learn_vocabulary, words_of
from models.learning.job import Job
from models.learning.learner import Learner

MOST_HELD = 2000  # held-out texts that are read at every save


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet.txt and curves."""
    recipe, device = job.recipe, job.device
    data, vocabulary, network = begin(job)
    learner = Learner(job, network)
    begun, average, latest = learner.begin(), learner.average, learner.latest
    texts = [vocabulary.encode(text) for text in data.texts]
    held = [vocabulary.encode(text) for text in load_texts(job.data, "validation").texts]
    held, window = held[:MOST_HELD], recipe.window
    draws = streams(texts, recipe.batch, window) if window else sentences(texts, recipe.batch)
    if begun:
        learner.best = nats(average, held)["a_piece"]

    def save() -> None:
        """The newest average is published where it reads held-out texts better than the best."""
        found = nats(latest, held)["a_piece"]
        learner.keep_best({"out": found}, found)
        learner.save()

    state = None
    for step in job.steps(recipe.batch, save, lambda: sheet(job, average)):
        learner.set_rate(step)
        numbers, goals = (x.to(device) for x in next(draws))
        wanted = goals >= 0
        with job.mixed():
            hidden, state = network(numbers, state if window else None)
            scores = network.scores(hidden[wanted])
        state = detached(state)
        loss = F.cross_entropy(scores.float(), goals[wanted])
        learner.descend(loss, step)
        job.note(loss=loss.item())


def begin(job: Job) -> tuple[TextSet, Vocabulary, torch.nn.Module]:
    """The training texts, their vocabulary, and a fresh network that knows how it spells."""
    data, vocabulary = prepare(job)
    words = b""
    if hasattr(job.config, "lexicon") and vocabulary.spaced and not vocabulary.whole:
        words = packed(known_words(data.texts))
        job.config = dataclasses.replace(job.config, lexicon=len(words))
    torch.manual_seed(0)
    network = job.family.build(job.config).to(job.device).train()
    network.learn_spelling(vocabulary, words)
    return data, vocabulary, network


def prepare(job: Job) -> tuple[TextSet, Vocabulary]:
    """The training texts and their vocabulary; a resumed job's is the one it began with."""
    data = load_texts(job.data)
    saved = job.folder / "state.pt"
    if job.resume and saved.exists():
        state = torch.load(saved, map_location="cpu", weights_only=True)
        spelling = state["parts"]["average"]["spelling"]
        vocabulary = Vocabulary.restored(bytes(spelling.tolist()))
    else:
        name, family, corpus = data.source.name, job.family, [*data.heard, *data.texts]
        if name in family.by_word:
            vocabulary = words_of(corpus, job.config.pieces)
        else:
            characters = name in family.by_character
            vocabulary = learn_vocabulary(corpus, job.config.pieces, characters)
    job.config = job.family.fit_to(job.config, data, vocabulary)
    return data, vocabulary


def sentences(texts: list[list[int]], batch: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Endless batches of texts of like length: what is read, and what follows (-1: nothing)."""
    while True:
        order = torch.randperm(len(texts)).tolist()
        for start in range(0, len(order), batch * 50):
            pool = sorted(order[start : start + batch * 50], key=lambda i: len(texts[i]))
            groups = [pool[i : i + batch] for i in range(0, len(pool), batch)]
            for i in torch.randperm(len(groups)).tolist():
                yield shifted([texts[k] for k in groups[i]])


def shifted(texts: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """START and the pieces (n, t + 1); the pieces and END, -1 after it."""
    longest = max(len(text) for text in texts)
    read = torch.zeros(len(texts), longest + 1, dtype=torch.int64)
    goal = torch.full((len(texts), longest + 1), -1)
    for i, text in enumerate(texts):
        read[i, : len(text) + 1] = torch.tensor([START, *text])
        goal[i, : len(text) + 1] = torch.tensor([*text, END])
    return read, goal


def streams(
    texts: list[list[int]], batch: int, window: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Endless windows (batch, window) of `batch` streams; each window goes on where the last ended.

    Texts follow one another, shuffled anew in each round, with END and START between them.
    """
    while True:
        order = torch.randperm(len(texts)).tolist()
        long = torch.tensor([n for i in order for n in (START, *texts[i], END)])
        # one long text (a play) begins elsewhere each round, so that windows differ
        long = long.roll(-int(torch.randint(len(long), (1,)))) if len(texts) == 1 else long
        columns = (len(long) - 1) // batch
        read = long[: batch * columns].view(batch, columns)
        goal = long[1 : batch * columns + 1].view(batch, columns).clone()
        goal[goal == START] = -1  # what follows an end is no matter of chance
        for at in range(0, columns - window + 1, window):
            yield read[:, at : at + window], goal[:, at : at + window]


def detached(state):
    """A state without its history: a tensor, or a tuple of such."""
    if isinstance(state, tuple):
        return tuple(detached(part) for part in state)
    return state if state is None else state.detach()


@torch.no_grad()
def nats(network, texts: list[list[int]], longest: int = 2048) -> dict[str, float]:
    """Negative log-likelihood of texts in nats, END included: a text, a piece.

    Texts beyond `longest` pieces are read up to there.
    """
    device = network.spelling.device
    total, pieces = 0.0, 0
    ordered = sorted((text[:longest] for text in texts), key=len)
    training = network.training
    network.eval()
    for start in range(0, len(ordered), 64):
        numbers, goals = (x.to(device) for x in shifted(ordered[start : start + 64]))
        hidden, _ = network(numbers)
        wanted = goals >= 0
        total += F.cross_entropy(
            network.scores(hidden[wanted]), goals[wanted], reduction="sum"
        ).item()  # fmt: skip
        pieces += int(wanted.sum())
    network.train(training)
    return {"a_text": total / len(ordered), "a_piece": total / pieces}


def sheet(job: Job, network) -> None:
    """Samples as a person will see them, in sheet.txt."""
    from models.answer import answer, default_asked

    lines = []
    with torch.inference_mode():
        for seed in range(12):
            asked = default_asked(job.family, job.config, seed)
            *_, (_, made) = answer(network, job.family, job.config, [asked], job.device)
            lines.append(made[0].text)
    rows = job.rows[-1] if job.rows else {}
    text = f"{job.name}, {job.spent:.1f} minutes, {rows}\n\n" + "\n---\n".join(lines) + "\n"
    (job.folder / "sheet.txt").write_text(text, encoding="utf-8")
