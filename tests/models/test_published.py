"""Every published model keeps its promises: card, hash, licence, measures, golden sample."""

import json

import pytest

from models.golden import GOLDEN, golden_value
from models.registry import HOME, cards, families, family_of
from models.weights import load_network, weights_hash

CARDS = cards()


def test_something_is_published() -> None:
    assert CARDS and all(card.family in families() for card in CARDS.values())


@pytest.mark.parametrize("name", CARDS)
def test_the_card_is_whole(name: str) -> None:
    card = CARDS[name]
    assert card.folder == HOME / "published" / name
    assert card.licence and card.data["licence"] and card.data["authors"] and card.data["terms"]
    assert card.command.startswith("python -m models.train ")
    assert card.measures, "publish, then measure: python -m models.measure " + name
    for row in card.measures:
        assert {"name", "value", "unit", "command"} <= set(row)
    assert card.cost["parameters"] >= 0 and card.cost["milliseconds"] > 0


@pytest.mark.parametrize("name", CARDS)
def test_the_weights_are_those_of_the_card(name: str) -> None:
    card = CARDS[name]
    path = card.folder / "weights.safetensors"
    assert path.stat().st_size <= 10 * 2**20
    assert weights_hash(path) == card.weights_sha256 and card.revision == card.weights_sha256[:12]
    assert json.loads((card.folder / "card.json").read_text("utf-8"))["id"] == name


@pytest.mark.parametrize("name", CARDS)
def test_the_golden_sample_comes_again(name: str) -> None:
    card = CARDS[name]
    family = family_of(card)
    network, seed = load_network(card), card.golden["seed"]
    value = golden_value(family, family.config(card.config), network, seed=seed)
    assert not GOLDEN[family.gives].differs(value, card.folder / card.golden["file"])


def test_nothing_is_too_large_for_a_checkout() -> None:
    sizes = [p.stat().st_size for p in (HOME / "published").rglob("*") if p.is_file()]
    assert max(sizes) <= 10 * 2**20 and sum(sizes) <= 100 * 2**20
