"""A neighbourhood's text: what its spots agree on, whatever the number of texts at once."""

from __future__ import annotations

import torch

from models.answer import default_asked
from models.data.vocabulary import FIRST, START
from models.layers import latent_text
from models.layers.nearby import COPIES, NEAR, agreed, around
from models.registry import families

FAMILY = families()["words/textvae"]


def tiny():
    torch.manual_seed(0)
    network = FAMILY.build(FAMILY.tiny())
    for parameter in network.parameters():
        parameter.data.normal_(0, 0.5)
    return network


def said(network, piece: int, told: torch.Tensor, state=None) -> tuple[torch.Tensor, torch.Tensor]:
    """Scores (1, pieces) after one piece by the network itself, and its state."""
    hidden, state = network(torch.tensor([[int(piece)]]), told[None], state)
    return network.scores(hidden[:, -1]), state


def same_chances(scores: torch.Tensor, log_chances: torch.Tensor) -> bool:
    """A constant for all pieces is no difference."""
    return torch.allclose(scores.log_softmax(-1), log_chances.log_softmax(-1), atol=1e-5)


def test_the_spot_itself_comes_first_and_the_others_stand_near_it() -> None:
    z = torch.full((1, 2000), 3.0)
    spots = around(z)
    assert spots.shape == (COPIES, 2000) and torch.equal(spots[:1], z)
    assert torch.equal(spots, around(z)), "a request says the same every time"
    apart = (spots[1:] - z).std(1)
    assert ((apart - NEAR).abs() < 0.02).all()


@torch.inference_mode()
def test_what_is_said_is_the_mean_of_the_spots_log_chances() -> None:
    network, wide = tiny(), 3
    told = network.told(around(torch.zeros(1, FAMILY.tiny().latent)), None)
    begin, step = agreed(network, told, wide)
    scores, state = begin()
    alone = [said(network, START, one) for one in told]
    wanted = torch.stack([s.log_softmax(-1)[0] for s, _ in alone]).mean(0)
    assert scores.shape[0] == wide and same_chances(scores, wanted.expand(wide, -1))

    pieces = torch.tensor([FIRST, FIRST + 1, FIRST + 2])
    later, _ = step(pieces, state[:, [0, 0, 0]])
    for row, piece in enumerate(pieces):
        one = [said(network, piece, t, s)[0] for (_, s), t in zip(alone, told, strict=True)]
        wanted = torch.stack([o.log_softmax(-1)[0] for o in one]).mean(0)
        assert same_chances(later[row], wanted), "each text keeps its own state"


@torch.inference_mode()
def test_only_texts_that_are_not_drawn_ask_around(monkeypatch) -> None:
    network, config = tiny(), FAMILY.tiny()
    seen = []
    monkeypatch.setattr(latent_text, "around", lambda z: seen.append(len(z)) or around(z))
    noise = torch.zeros(1, config.latent)
    for temperature in (0.0, 0.7):
        asked = default_asked(FAMILY, config, 1, temperature=temperature, known=False)
        list(latent_text.texts(network, config, [asked], noise))
        assert seen == [1]
