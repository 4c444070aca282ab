"""Text families: what they declare is true of what they write; they learn and go on."""

from __future__ import annotations

import dataclasses
import json
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pytest
import torch

from models import train
from models.answer import answer, default_asked
from models.data.vocabulary import END, START, UNKNOWN, Vocabulary, learn_vocabulary
from models.family import Choice, Family, Pad, Slider, TextLine
from models.layers.autoencoder import divergence
from models.layers.keyword import Keyword
from models.layers.verse import Verse
from models.learning import pause
from models.learning.variational import cost_of_latents
from models.registry import families
from models.values import Text
from models.words.arvae.sentences import gather, sentences_of, story_of
from models.words.textgan.network import drawn

TEXTS = [f for f in families().values() if f.gives == "text"]
LOOPS = [f.id for f in TEXTS if f.id.startswith("words/")]


def named(family: Family) -> str:
    return family.id


@lru_cache(maxsize=16)
def tiny(name: str) -> tuple[Family, Any, torch.nn.Module]:
    """A tiny twin; its directions are set apart, since only training finds them."""
    family = families()[name]
    config = family.tiny()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        network = family.build(config)
    for parameter in network.parameters():
        parameter.data.mul_(3)  # random weights of the usual size know no difference
    if hasattr(network, "directions"):
        network.directions.copy_(torch.eye(*network.directions.shape))
    return family, config, network.eval()


def ask(name: str, seed: int = 5, **controls: Any) -> Text:
    family, config, network = tiny(name)
    asked = default_asked(family, config, seed, **controls)
    with torch.inference_mode():
        *_, (fraction, made) = answer(network, family, config, [asked])
    assert fraction == 1.0
    return made[0]


def ends(control: Any) -> list[Any]:
    if isinstance(control, Slider):
        return [control.low, control.high, control.low + control.step]
    if isinstance(control, Choice):
        return [value for value, _ in control.options]
    if isinstance(control, Pad):
        return [[control.low, control.high], [0.5, -0.5]]
    assert isinstance(control, TextLine)
    return ["a b c", " d e f", "n4 不 \U0001f600", "x" * control.longest]


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_ends_of_every_control_give_whole_texts(family: Family) -> None:
    for control in family.controls(tiny(family.id)[1]):
        for end in ends(control):
            text = ask(family.id, **{control.name: end})
            assert "".join(t.text for t in text.tokens).strip("\n") == text.text
            for token in text.tokens:
                assert 0 <= token.chance <= 1 and all(0 <= p <= 1 for _, p in token.others)


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_every_control_changes_the_text(family: Family) -> None:
    """At the defaults, or once another control is set."""
    _, config, _ = tiny(family.id)
    controls = family.controls(config)
    bases: list[dict] = [{}, *({o.name: e} for o in controls for e in ends(o)[:2])]
    for control in controls:
        found = any(
            ask(family.id, **base).text != ask(family.id, **{**base, control.name: end}).text
            for base in bases
            if control.name not in base
            for end in ends(control)
        )
        assert found, f"{control.name} changes nothing"


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_the_same_request_the_same_words_and_other_seeds_others(family: Family) -> None:
    texts = [ask(family.id, seed, temperature=1.0) for seed in (1, 2, 3, 2**31 - 1)]
    assert texts[0] == ask(family.id, 1, temperature=1.0)
    assert len({text.text for text in texts}) > 1


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_several_requests_at_once_are_each_alone(family: Family) -> None:
    _, config, network = tiny(family.id)
    asked = [default_asked(family, config, seed, temperature=0.9) for seed in (1, 2, 3)]
    with torch.inference_mode():
        *_, (_, together) = answer(network, family, config, asked)
    assert together == [ask(family.id, seed, temperature=0.9) for seed in (1, 2, 3)]


@pytest.mark.parametrize("family", TEXTS, ids=named)
def test_one_request_is_told_piece_by_piece(family: Family) -> None:
    _, config, network = tiny(family.id)
    asked = default_asked(family, config, 1, temperature=1.0)
    with torch.inference_mode():
        steps = list(answer(network, family, config, [asked]))
    assert len(steps) > 2 and all(a[0] <= b[0] for a, b in pairwise(steps))
    whole = steps[-1][1][0]
    for _, (text,) in steps:
        assert whole.tokens[: len(text.tokens)] == text.tokens


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of small sentences, and a place for runs outside the project."""
    monkeypatch.setenv("STUDIO_LEDGER", str(tmp_path / "ledger.jsonl"))
    monkeypatch.setattr(pause, "RUNS", tmp_path / "runs")
    rng = np.random.default_rng(0)
    who, what = ("a dog", "the cat", "my bird", "one fox"), ("runs", "sleeps", "sings", "eats")
    lines = [f"{who[a]} {what[b]} {c}." for a, b, c in rng.integers(0, 4, (300, 3))]
    lines = [f"{line[:-1]} and {i}." for i, line in enumerate(lines)]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "lines.txt").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def learn(family: str, own, *more: str) -> dict:
    """Train a little; the state that was left."""
    words = [family, "--data", str(own / "texts"), "--tiny", "--device", "cpu"]
    assert train.main([*words, "--steps", "20", *more]) == 0
    (folder,) = (own / "runs").glob(f"{family.replace('/', '-')}-*")
    return {"folder": folder, **torch.load(folder / "state.pt", weights_only=True)}


@pytest.mark.parametrize("family", LOOPS)
def test_learns_a_little_and_goes_on(family: str, own) -> None:
    first = learn(family, own)
    assert first["seen"] > 0
    for row in first["rows"]:
        assert all(np.isfinite(value) for value in row.values())
    assert (first["folder"] / "sheet.txt").read_text("utf-8").strip()
    plan = json.loads((first["folder"] / "job.json").read_text("utf-8"))
    network = families()[family].build(families()[family].config(plan["config"]))
    network.load_state_dict(first["parts"]["average"])
    pieces = network.vocabulary.pieces
    assert "x" in pieces and " b" not in pieces, "the letters of its own data"
    second = learn(family, own, "--resume")
    if second["step"] == first["step"]:
        return  # fitted in one step
    assert second["step"] > first["step"] and second["spent"] > first["spent"]
    spelling = [s["parts"]["average"]["spelling"] for s in (first, second)]
    assert torch.equal(*spelling), "a resumed run keeps its vocabulary"


def verse(**controls: Any) -> Text:
    """A poem of a tiny twin whose pieces are real characters."""
    family = families()["words/cvae"]
    letters = "，。山寒间看天年前田人云春花月夜风水江海日东西南北"
    pieces = Vocabulary(letters)
    config = dataclasses.replace(
        family.tiny(), pieces=len(pieces), letters=len(pieces.stored()), most=40, usual=40,
        conditions=("form", "rhyme"), names=(("五绝", "七绝"), ("an", "en")),
    )  # fmt: skip
    torch.manual_seed(4)
    network = family.build(config).eval()
    network.learn_spelling(pieces)
    with torch.no_grad():
        network.bias[[0]] = -9.0
        network.bias[[3, 4]] = 1.5
    asked = default_asked(family, config, 3, **{"temperature": 1.0, **controls})
    with torch.inference_mode():
        *_, (_, made) = answer(network, family, config, [asked])
    return made[0]


def test_a_quatrain_is_held_to_form_and_rhyme() -> None:
    pieces = Vocabulary("，。山寒间看天年前田人云春花月")
    level = np.zeros(len(pieces), np.float32)

    def may_follow(poem: str, hold: bool = True) -> set[str]:
        row = Verse(pieces, "五绝", "an", hold, 2.0)(pieces.encode(poem), level)
        return {pieces.pieces[i] or "end" for i in np.flatnonzero(row > -1e8)}

    half = "花月花月花，花月花月"
    assert may_follow(half) == set("山寒间看天年前田")
    assert may_follow(half + "山。花月花月花，花月花月") == set("寒间看天年前田"), "not the same"
    assert may_follow(half + "山") == {"。"} and may_follow("花月花月花") == {"，"}
    assert may_follow((half + "山。") * 2) == {"end"}
    assert may_follow("花") == set(pieces.pieces[3:]) - {"，", "。"}
    assert len(may_follow(half, hold=False)) == len(set(pieces.pieces) | {"end"}) - 1
    spared = Verse(pieces, "五绝", "an", False, 2.0)(pieces.encode("花，"), level)
    assert [pieces.pieces[i] for i in np.flatnonzero(spared == -2)] == ["花"]


def test_what_a_poem_is_held_to_can_be_let_go() -> None:
    held, free = (verse(hold=hold, sparing=0.0).text for hold in (True, False))
    assert held != free
    spared, plain = (verse(sparing=nats, temperature=0.3) for nats in (6.0, 0.0))
    kinds = [len({t.text for t in text.tokens}) for text in (spared, plain)]
    assert kinds[0] > kinds[1], "fewer repetitions"


def test_two_emotions_blend() -> None:
    one, other = (ask("words/cvae", emotion=name) for name in ("love", "sadness"))
    whole = ask("words/cvae", emotion="love", emotion_2="sadness", blend=1.0)
    assert whole == other != one
    between = ask("words/cvae", emotion="love", emotion_2="sadness", blend=0.5)
    assert between.tokens[0].chance not in (one.tokens[0].chance, other.tokens[0].chance)


def test_adversarial_weights_blend_into_those_before() -> None:
    _, _, network = tiny("words/textgan")
    assert network.between(1.0) is network and network.between(0.0) is network.before
    middle = network.between(0.25).table.weight
    wanted = torch.lerp(network.before.table.weight, network.table.weight, 0.25)
    assert torch.allclose(middle, wanted)


def test_draws_end_once_and_stay_ended() -> None:
    _, _, network = tiny("words/textgan")
    numbers = drawn(network, 30, 12, seeded=torch.Generator().manual_seed(0))
    assert numbers.shape[0] == 30 and numbers.shape[1] <= 12
    for row in numbers.tolist():
        ended = row.index(END) if END in row else len(row)
        assert set(row[ended:]) <= {END} and not {START, UNKNOWN} & set(row)


def test_a_keyword_comes_and_is_spelt_to_its_end() -> None:
    for family in ("words/gru", "words/markov"):
        for seed in range(4):
            text = ask(family, seed, keyword="C d", temperature=1.0, length=24)
            assert " c d" in " " + "".join(t.text for t in text.tokens).lower()
    assert ask("words/gru", keyword="\U0001f600") == ask("words/gru"), (
        "what it cannot spell is left"
    )
    pieces = Vocabulary([" a", " b"])
    assert Keyword(pieces, "b", 9)([], np.zeros(5, np.float32)).argmax() == pieces.numbers[" b"]
    assert not Keyword(pieces, "b", 9)([pieces.numbers[" b"]], np.zeros(5, np.float32)).any()


def test_no_keyword_bends_nothing() -> None:
    """A vocabulary of words has a piece for the space before them: it is not wished for either."""
    spaced = learn_vocabulary(["a dog runs", "a dog sits"] * 9, 40)
    chances = np.log(np.full(len(spaced), 1 / len(spaced)))
    assert spaced.spaced and spaced.encode(" ")
    for word in ("", "   ", "\U0001f600"):
        assert Keyword(spaced, word, 12)([], chances) is chances


SEED = 7  # of a story of four sentences
SAID = ["The cat sat.", ' "Stay!"', " she said.", "\nIt ran off."]


def test_no_piece_is_lost_between_sentences() -> None:
    pieces = learn_vocabulary(["".join(SAID)] * 9, 60)
    found = sentences_of("".join(SAID), pieces)
    assert [pieces.decode(sentence).strip() for sentence in found] == [s.strip() for s in SAID]
    assert list(chain(*found)) == pieces.encode("".join(SAID))
    story = story_of("".join(SAID), pieces, 40)
    assert story[-1] == [END] and all(sentence[-1] == END for sentence in story)
    batch = gather([story, story_of(SAID[0], pieces, 40)])
    assert batch.counts.tolist() == [5, 2] and len(batch.lengths) == 7
    assert batch.goals[0].tolist() == list(chain(*story)) and batch.goals[1, -1] == -1
    starts = batch.read[0] == START
    assert batch.which[0][starts].tolist() == [0, 1, 2, 3, 4]


def test_what_is_expected_rightly_costs_nothing() -> None:
    mean, spread = torch.randn(2, 5, 3, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(divergence(mean, spread, mean, spread), torch.zeros(5), atol=1e-6)
    standard = divergence(mean, spread, torch.zeros(5, 3), torch.zeros(5, 3))
    assert torch.allclose(standard, cost_of_latents(mean, spread), atol=1e-5)


def story(seed: int, **controls: Any) -> list[str]:
    """What a tiny twin with sentences of a few pieces tells."""
    family = families()["words/arvae"]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = family.build(family.tiny())
    with torch.no_grad():
        network.bias[END] = 2.0
    asked = default_asked(family, family.tiny(), seed, **{"temperature": 1.0, **controls})
    with torch.inference_mode():
        *_, (_, made) = answer(network, family, family.tiny(), [asked])
    return [token.text for token in made[0].tokens]


def test_one_sentence_is_drawn_anew_and_the_others_stay() -> None:
    one, two, four = (story(SEED, sentences=count) for count in (1, 2, 4))
    assert 0 < len(one) < len(two) < len(four)
    assert four[: len(two)] == two and two[: len(one)] == one, "one after the other"
    anew, rest = story(SEED, sentences=4, again=2, draw=1), four[len(two) :]
    assert anew != four and anew[: len(one)] == one and anew[-len(rest) :] == rest
    assert story(SEED, sentences=4, again=2, draw=2) not in (anew, four)
    assert story(SEED, sentences=4, again=2, draw=0) == four, "nothing is drawn"


def test_a_story_goes_on_from_ones_own_sentences() -> None:
    said = "a b c. d e"
    text = ask("words/arvae", opening=said, length=6)
    given = [token for token in text.tokens if token.given]
    _, _, network = tiny("words/arvae")
    assert len(given) == len(network.vocabulary.encode(said)) and not text.tokens[-1].given
    assert len(text.tokens) <= len(given) + 6
    other = ask("words/arvae", opening="f g h. d e", length=6)
    chances = [[token.chance for token in told.tokens[-6:]] for told in (text, other)]
    assert chances[0] != chances[1], "what was said before is heard"
