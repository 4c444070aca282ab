"""How good a latent space of texts is: bound and likelihood beside the same-size language model,
what the latents carry, whether a text comes back, whether conditions are followed.

Likelihood by importance sampling: Burda, Grosse, Salakhutdinov 2016 (arXiv 1509.00519). Mutual
information as in Hoffman and Johnson 2016, from the mixture of all held-out posteriors.
"""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F

from models.answer import default_asked
from models.data.texts import load_texts
from models.layers.language import padded
from models.learning.language import nats, shifted
from models.learning.text_variational import Numbered, bound
from models.metrics import writing
from models.metrics.bleu import References, tokens
from models.metrics.poems import poem_rows
from models.metrics.subject import Subject, row
from models.metrics.text_judge import judged_rows

LOOKED_AT = 1000
IMPORTANCE = 64  # draws a text
IMPORTANCE_TEXTS = 100


@torch.no_grad()
def rows(subject: Subject) -> list[dict]:
    """All of it on the test split."""
    network, data = subject.network, load_texts(subject.data, "test")
    texts, labels = Numbered(data, network.vocabulary, subject.config).some(LOOKED_AT)
    found = bound(network, texts, labels)
    facts = {"texts": len(texts)}
    few = texts[:IMPORTANCE_TEXTS], None if labels is None else labels[:IMPORTANCE_TEXTS]
    same, all_of_them = _language_model(subject, few[0]), _language_model(subject, texts)
    return [
        row(subject, "nats a text (importance)", importance(network, *few), "nats", "lower",
            texts=len(few[0]), draws=IMPORTANCE, **same),
        row(subject, "nats a text (bound)", found["nats"], "nats", "lower", **all_of_them, **facts),
        row(subject, "nats in the latents", found["latents"], "nats", "higher", **facts),
        row(subject, "mutual information", information(network, texts), "nats", "higher",
            ceiling=math.log(len(texts)), **facts),
        row(subject, "active latents", found["active"], f"of {subject.config.latent}", "higher",
            ceiling=subject.config.latent, **facts),
        *reconstruction(subject, data),
        *poem_rows(subject),
        *judged_rows(subject),
        *writing.rows(subject),
    ]  # fmt: skip


def _language_model(subject: Subject, texts: list[list[int]]) -> dict[str, float]:
    """As the baseline: nats of the same texts by the GRU of the same size and data, where it is
    published. Vocabularies are learned from the same texts, so that pieces are the same."""
    from models.registry import cards
    from models.weights import load_network

    card = cards().get(f"words/gru-{subject.data}")
    network = load_network(card) if card else None
    if network is None or network.vocabulary.pieces != subject.network.vocabulary.pieces:
        return {}
    return {"baseline": nats(network, texts)["a_text"]}


@torch.no_grad()
def importance(network, texts: list[list[int]], labels: torch.Tensor | None) -> float:
    """-log p(text) in nats, the mean over texts, from many draws of each posterior."""
    seeded = torch.Generator().manual_seed(0)
    total = 0.0
    for i, text in enumerate(texts):
        mean, spread = network.encode(*padded([text]))
        noise = torch.randn(IMPORTANCE, mean.shape[1], generator=seeded)
        z = mean + noise * (spread / 2).exp()
        wish = None if labels is None else labels[i : i + 1].expand(IMPORTANCE, -1)
        read, goals = shifted([text])
        hidden, _ = network(read.expand(IMPORTANCE, -1), network.told(z, wish))
        scores = network.scores(hidden)
        goal = goals.expand(IMPORTANCE, -1)
        words = -F.cross_entropy(scores.transpose(1, 2), goal, reduction="none").sum(1)
        prior = -0.5 * (z.square() + math.log(2 * math.pi)).sum(1)
        posterior = -0.5 * (noise.square() + spread + math.log(2 * math.pi)).sum(1)
        total -= (torch.logsumexp(words + prior - posterior, 0) - math.log(IMPORTANCE)).item()
    return total / len(texts)


@torch.no_grad()
def information(network, texts: list[list[int]]) -> float:
    """Mutual information of texts and latents in nats; at most the logarithm of their number."""
    ordered = sorted(texts, key=len)
    parts = [network.encode(*padded(ordered[i : i + 64])) for i in range(0, len(ordered), 64)]
    mean, spread = (torch.cat(part) for part in zip(*parts, strict=True))
    noise = torch.randn(mean.shape, generator=torch.Generator().manual_seed(0))
    z = mean + noise * (spread / 2).exp()
    own = -0.5 * (noise.square() + spread + math.log(2 * math.pi)).sum(1)
    mixed = []
    for one in z:
        gaps = (one - mean).square() / spread.exp() + spread + math.log(2 * math.pi)
        mixed.append(torch.logsumexp(-0.5 * gaps.sum(1), 0) - math.log(len(mean)))
    return (own - torch.stack(mixed)).mean().item()


def reconstruction(subject: Subject, data) -> list[dict]:
    """BLEU-2 and BLEU-4 of what comes back against what went in; another text as the baseline."""
    order = np.random.RandomState(2).permutation(len(data.texts))[:200]
    ours, others, whole = [], [], 0
    for k, i in enumerate(order):
        labels = {c: data.names[c][data.labels[c][i]] for c in subject.config.conditions}
        text = data.texts[i][:300]
        asked = default_asked(subject.family, subject.config, 0, sentence=text,
                              length=subject.config.most, **labels)  # fmt: skip
        back = tokens(writing.written(subject, asked).text)
        real = tokens(text)
        ours.append(References([real]).bleu(back))
        others.append(References([tokens(data.texts[order[k - 1]])]).bleu(back))
        whole += back == real
    ours, others = np.mean(ours, 0), np.mean(others, 0)
    facts = {"texts": len(order)}
    return [
        row(subject, f"reconstruction BLEU-{n}", float(ours[n - 1]), "", "higher", ceiling=1.0,
            baseline=float(others[n - 1]), **facts)
        for n in (2, 4)
    ] + [
        row(subject, "comes back word for word", whole / len(order), "share", "higher", **facts)
    ]  # fmt: skip
