"""A neighbourhood's text: what its spots agree on, whatever the number of texts at once."""

from __future__ import annotations

import torch

from models.answer import default_asked
from models.data.vocabulary import FIRST
from models.layers import latent_text
from models.layers.nearby import COPIES, NEAR, agreed, around
from models.learning.text_variational import unless
from models.registry import families

FAMILY = families()["words/textvae"]


def tiny():
    torch.manual_seed(0)
    network = FAMILY.build(FAMILY.tiny())
    for parameter in network.parameters():
        parameter.data.normal_(0, 0.5)
    return network


def test_the_spot_itself_comes_first_and_the_others_stand_near_it() -> None:
    z = torch.full((1, 2000), 3.0)
    spots, shares = around(z, 0)
    assert spots.shape == (COPIES, 2000) and torch.equal(spots[:1], z)
    assert torch.equal(spots, around(z, 0)[0]), "a request says the same every time"
    assert torch.equal(shares, torch.full((COPIES,), 1 / COPIES))
    apart = (spots[1:] - z).std(1)
    assert ((apart - NEAR).abs() < 0.02).all()


def test_no_latents_have_a_say_where_that_is_asked() -> None:
    z = torch.full((1, 6), 3.0)
    spots, shares = around(z, 0.2)
    assert len(spots) == COPIES + 1 and not spots[-1].any()
    assert torch.allclose(shares, torch.tensor([0.8 / COPIES] * COPIES + [0.2]))


@torch.inference_mode()
def test_what_is_said_is_the_weighed_mean_of_the_spots_log_chances() -> None:
    network, wide = tiny(), 3
    spots, shares = around(torch.ones(1, FAMILY.tiny().latent), 0.4)
    told = network.told(spots, None)
    begin, step = agreed(network, told, shares, wide)
    scores, state = begin()
    alone = [network.begin(one[None]) for one in told]
    wanted = shares @ torch.stack([s.log_softmax(-1)[0] for s, _ in alone])
    assert scores.shape[0] == wide and torch.allclose(scores, wanted.expand(wide, -1), atol=1e-5)

    pieces = torch.tensor([FIRST, FIRST + 1, FIRST + 2])
    later, _ = step(pieces, state[:, [0, 0, 0]])
    for row, piece in enumerate(pieces):
        one = [
            network.step(piece[None], s, t[None])[0] for (_, s), t in zip(alone, told, strict=True)
        ]
        wanted = shares @ torch.stack([o.log_softmax(-1)[0] for o in one])
        assert torch.allclose(later[row], wanted, atol=1e-5), "each text keeps its own state"


@torch.inference_mode()
def test_only_texts_that_are_not_drawn_ask_around(monkeypatch) -> None:
    network, config = tiny(), FAMILY.tiny()
    seen = []
    monkeypatch.setattr(latent_text, "around", lambda *of: seen.append(len(of[0])) or around(*of))
    noise = torch.zeros(1, config.latent)
    for temperature in (0.0, 0.7):
        asked = default_asked(FAMILY, config, 1, temperature=temperature, known=False)
        list(latent_text.texts(network, config, [asked], noise))
        assert seen == [1]


def test_a_share_of_texts_is_learned_without_latents() -> None:
    z = torch.ones(4000, 3)
    rows = unless(z, 0.25)
    assert ((rows == 1).all(1) | (rows == 0).all(1)).all(), "all of a text's latents, or none"
    assert abs((rows == 0).all(1).float().mean() - 0.25) < 0.03
    assert torch.equal(unless(z, 0.0), z)
