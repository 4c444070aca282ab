"""How well stories are foreseen, what the latents say of them, and what their prior is worth."""

from __future__ import annotations

import math
from typing import Any

import torch

from models.data.texts import load_texts
from models.layers.autoencoder import divergence
from models.learning.language import nats
from models.metrics import writing
from models.metrics.subject import Subject, row
from models.registry import cards
from models.weights import load_network

from .learning import bound, of_sentences, read_all
from .sentences import story_of

ALL = 10_000  # sentences: no story is cut
LOOKED_AT = 300  # training stories that tell where latents lie


@torch.inference_mode()
def rows(subject: Subject) -> list[dict[str, Any]]:
    """On the test split. `baseline` of the bound: the GRU of the same stories and pieces; of the
    perplexity: the Markov chain."""
    network, texts = subject.network, load_texts(subject.data, "test").texts
    stories = [story_of(text, network.vocabulary, ALL) for text in texts]
    found = bound(network, stories)
    whole = found["words"] + found["latents"]
    words = sum(len(text.split()) for text in texts)
    facts = {"texts": len(texts)}
    return [
        row(subject, "nats a text (bound)", whole, "nats", "lower", **_gru(subject, texts),
            **facts),
        row(subject, "perplexity of a word (bound)", math.exp(whole * len(texts) / words), "",
            "lower", **_markov(subject), **facts),
        row(subject, "share of nats in the latents", found["latents"] / whole, "share", "higher",
            **facts),
        row(subject, "nats in the latents", found["latents"], "nats", "higher", **facts),
        row(subject, "nats that the prior saves", _untold(subject, stories) - found["latents"],
            "nats", "higher", **facts),
        *writing.rows(subject),
    ]  # fmt: skip


def _untold(subject: Subject, stories: list) -> float:
    """Nats a story of the same latents where every sentence has the same prior: N(0, 1) in units of
    the middle and spread that latents have over the training stories."""
    network = subject.network
    some = load_texts(subject.data).texts[:LOOKED_AT]
    known = [story_of(text, network.vocabulary, ALL) for text in some]
    means, widths = [], []
    for batch, seen in read_all(network, known):
        means.append(of_sentences(seen.mean, batch))
        widths.append(of_sentences(seen.spread, batch).exp())
    middle, wide = torch.cat(means).mean(0), torch.cat(means).var(0) + torch.cat(widths).mean(0)
    total = 0.0
    for batch, seen in read_all(network, stories):
        mean, spread = of_sentences(seen.mean, batch), of_sentences(seen.spread, batch)
        total += divergence(mean, spread, middle, wide.log()).sum().item()
    return total / len(stories)


def _gru(subject: Subject, texts: list[str]) -> dict[str, float]:
    """Where it is published and spells alike."""
    card = cards().get(f"words/gru-{subject.data}")
    network = load_network(card) if card else None
    if network is None or network.vocabulary.pieces != subject.network.vocabulary.pieces:
        return {}
    numbers = [network.vocabulary.encode(text) for text in texts]
    return {"baseline": nats(network, numbers)["a_text"]}


def _markov(subject: Subject) -> dict[str, float]:
    card = cards().get(f"words/markov-{subject.data}")
    found = {row["name"]: row["value"] for row in card.measures} if card else {}
    name = "perplexity of a word"
    return {"baseline": found[name]} if name in found else {}
