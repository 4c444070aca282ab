"""Latents of a text that are looked for, and what stands between two texts."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from models.answer import answer, default_asked
from models.data.vocabulary import END, START
from models.layers import latent_text, semi_amortised
from models.layers.nearby import around
from models.layers.text_autoencoder import TextVae
from models.registry import families

FAMILY = families()["words/textvae"]


@pytest.fixture
def network() -> TextVae:
    torch.manual_seed(0)
    network = TextVae(FAMILY.tiny()).eval()
    for weight in network.parameters():
        weight.data.mul_(3)  # an untrained one hardly listens to its latents
    return network


def text_of(network, pieces: list[int]) -> str:
    return "".join(network.vocabulary.pieces[n] for n in pieces).strip()


def surprise(network, z: torch.Tensor, text: str) -> float:
    """Nats of the text at the spots around z, and what the prior asks for."""
    pieces = network.vocabulary.encode(text)
    spots = around(z[None])
    with torch.no_grad():
        hidden, _ = network(torch.tensor([[START, *pieces]]).expand(len(spots), -1), spots)
        goals = torch.tensor([*pieces, END]).repeat(len(spots))
        scores = network.scores(hidden).flatten(0, 1)
        nats = F.cross_entropy(scores, goals, reduction="sum").item() / len(spots)
    return nats + semi_amortised.HOLD * z.square().sum().item() / 2


@pytest.mark.parametrize("pieces", [[5], [7, 9, 8], [10, 11, 12, 13, 6, 5]])
def test_what_is_looked_for_surprises_less_than_the_guess(network, pieces) -> None:
    text = text_of(network, pieces)
    with torch.inference_mode():  # as in the studio, where nothing else needs a gradient
        guess = network.read([text])[0].clone()
        found = semi_amortised.latents(network, text, 12)
    assert surprise(network, found, text) < surprise(network, guess, text) - 0.01
    assert not any(weight.grad is not None for weight in network.parameters())


def test_it_is_the_same_every_time_and_looked_for_once(network, monkeypatch) -> None:
    text = text_of(network, [7, 9, 8])
    first = semi_amortised.latents(network, text, 12)
    semi_amortised._known.clear()
    again = semi_amortised.latents(network, text, 12)
    assert torch.equal(first, again) and first is not again
    monkeypatch.setattr(semi_amortised, "_looked_for", lambda *_: pytest.fail("looked for twice"))
    assert semi_amortised.latents(network, text, 12) is again


def test_few_texts_are_remembered(network, monkeypatch) -> None:
    monkeypatch.setattr(semi_amortised, "KEPT", 3)
    monkeypatch.setattr(semi_amortised, "STEPS", 0)
    for piece in range(5, 15):
        semi_amortised.latents(network, text_of(network, [piece]), 12)
        assert len(semi_amortised._known[network]) <= 3


@pytest.mark.parametrize("text", ["", " ", "😀", "\u202e", "x" * 5000])
def test_odd_texts_have_a_place_too(network, text) -> None:
    found = semi_amortised.latents(network, text, 12)
    assert found.shape == (FAMILY.tiny().latent,) and found.isfinite().all()


def test_only_what_is_between_two_texts_gives_way(network) -> None:
    config = FAMILY.tiny()

    def share(**controls) -> float:
        return latent_text.between(network, default_asked(FAMILY, config, 1, **controls))

    assert share() == share(walk=0.5) == share(sentence="a", walk=0.5) == 0
    ends = {"sentence": "a", "towards": "b"}
    assert share(**ends, walk=0.0) == share(**ends, walk=1.0) == 0
    assert share(**ends, walk=0.5) == 1 and 0 < share(**ends, walk=0.1) < share(**ends, walk=0.3)


def test_half_way_stands_what_is_read_in_its_own_text(network, monkeypatch) -> None:
    config = FAMILY.tiny()
    a, b = text_of(network, [7, 9, 8]), text_of(network, [10, 11])

    def written(**controls) -> str:
        asked = default_asked(FAMILY, config, 1, **controls)
        with torch.inference_mode():
            *_, (_, (text,)) = answer(network, FAMILY, config, [asked])
        return text.text

    ends = {"sentence": a, "towards": b}
    assert written(**ends, walk=1.0) == written(sentence=b)
    asked_for, read = [], network.read
    monkeypatch.setattr(network, "read", lambda texts: (asked_for.extend(texts), read(texts))[1])
    twice = written(**ends, walk=0.5)
    (once,) = (text for text in asked_for if text not in (a, b))
    monkeypatch.setattr(latent_text, "latents", lambda network, text, most: read([text])[0])
    assert twice == written(sentence=once)
