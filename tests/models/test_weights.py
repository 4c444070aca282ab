"""Weights on disk: half precision, strict, hashed, and the same twins on every call."""

import dataclasses

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from models.answer import answer, default_asked
from models.registry import families
from models.weights import FILE, load_network, publish_tiny, save_weights, weights_hash

FAMILIES = families()


class Mixed(nn.Module):
    """A matrix, a vector, statistics of a batch norm and an integer buffer."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(4, 3)
        self.norm = nn.BatchNorm1d(3)
        self.register_buffer("table", torch.tensor([[1, 70_000], [3, 4]]))
        self.twice = self.layer  # two names of one tensor


def test_what_is_stored(tmp_path) -> None:
    from safetensors.torch import load_file

    network = Mixed()
    network.norm.running_var.fill_(1e-7)  # half precision would make it 0.00000012 or nothing
    path = save_weights(network, tmp_path / "new" / "folder")
    stored = load_file(path)
    assert stored["layer.weight"].dtype == torch.float16
    assert stored["layer.bias"].dtype == stored["norm.running_var"].dtype == torch.float32
    assert stored["norm.running_var"].eq(1e-7).all()
    assert stored["table"].dtype == torch.int64 and stored["table"].tolist()[0][1] == 70_000
    assert stored["norm.num_batches_tracked"].dtype == torch.int64
    assert set(stored) == set(network.state_dict())


def test_large_numbers_stay_and_broken_ones_are_refused(tmp_path) -> None:
    network = Mixed()
    with torch.no_grad():
        network.layer.weight.fill_(1e6)
    from safetensors.torch import load_file

    assert load_file(save_weights(network, tmp_path))["layer.weight"].eq(1e6).all()
    with torch.no_grad():
        network.layer.weight[0, 0] = torch.nan
    with pytest.raises(ValueError, match="not finite"):
        save_weights(network, tmp_path)


def test_same_weights_same_hash(tmp_path) -> None:
    network = Mixed()
    one, other = (weights_hash(save_weights(network, tmp_path / name)) for name in "ab")
    with torch.no_grad():
        network.layer.weight += 0.1
    assert one == other != weights_hash(save_weights(network, tmp_path / "c")) and len(one) == 64


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_has_a_tiny_twin_that_loads(name, tmp_path) -> None:
    family = FAMILIES[name]
    before = torch.random.get_rng_state()
    card = publish_tiny(family, tmp_path / "a")
    assert torch.equal(before, torch.random.get_rng_state()), "random numbers of others untouched"
    again = publish_tiny(family, tmp_path / "b")
    assert card.weights_sha256 == again.weights_sha256 and card.id == f"{name}-toy"
    assert card.weights_sha256 == weights_hash(card.folder / FILE)
    assert card.revision == card.weights_sha256[:12]
    assert card.licence and card.data["authors"] and card.data["licence"]

    network = load_network(card)
    stored = [*network.parameters(), *network.buffers()]
    assert sum(p.numel() for p in stored) < 60_000
    assert not network.training and not any(p.requires_grad for p in network.parameters())
    assert all(p.dtype == torch.float32 for p in stored if p.is_floating_point())
    if family.gives == "picture" and not any(t.required for t in family.takes):
        config = family.config(card.config)
        outputs = [
            answer(load_network(card), family, config, [default_asked(family, config, seed)])[0]
            for seed in (1, 1, 2)
        ]
        assert torch.equal(outputs[0], outputs[1])
        assert not torch.equal(outputs[0], outputs[2])


def test_weights_that_do_not_fit_are_one_sentence(tmp_path) -> None:
    family = FAMILIES["pictures/dcgan"]
    card = publish_tiny(family, tmp_path)
    wrong = dataclasses.replace(card, config={**card.config, "base": 6})
    with pytest.raises(ValueError, match="do not fit its card") as caught:
        load_network(wrong)
    assert "\n" not in str(caught.value)
    (card.folder / FILE).write_bytes(b"no weights")
    with pytest.raises(ValueError, match="not readable"):
        load_network(card)
    (card.folder / FILE).unlink()
    with pytest.raises(FileNotFoundError, match="publish it again"):
        load_network(card)


def test_a_network_without_directions_is_saved_too(tmp_path) -> None:
    from models.layers.steer import Steered

    path = save_weights(Steered(0, 8), tmp_path)
    assert load_file(path)["directions"].shape == (0, 8)
