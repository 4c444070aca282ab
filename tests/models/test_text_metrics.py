"""Figures for texts: BLEU by hand, quatrains, likelihood, and every row of a tiny model."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from models.data import texts as text_sets
from models.data.rhyme import rhyme_of, rhymes
from models.data.texts import TextSet
from models.data.vocabulary import END, UNKNOWN, Vocabulary, learn_vocabulary, words_of
from models.learning.language import nats, shifted, streams
from models.metrics import answers, latent_text, text_gan, writing
from models.metrics.bleu import References, distinct, self_bleu, tokens
from models.metrics.poems import well_formed
from models.metrics.subject import Subject
from models.registry import families

POEM = "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。"


def test_bleu_by_hand() -> None:
    references = References([tokens("the cat is on the mat"), tokens("there is a cat here")])
    # unigrams: the 2 of 3 (clipped), cat 1 -> 3 of 4; pairs: "the cat" 1 of 3
    found = references.bleu(tokens("the the cat the"))
    assert found[0] == pytest.approx(3 / 4 * math.exp(1 - 5 / 4))
    assert found[1] == pytest.approx(math.sqrt(3 / 4 * 1 / 3) * math.exp(1 - 5 / 4))
    assert references.bleu(tokens("the cat is on the mat")) == pytest.approx([1.0] * 5)
    assert references.bleu(tokens("dog")) == [0.0] * 5


def test_bleu_of_a_file_by_hand() -> None:
    made, real = tokens("a b c d e"), [tokens("a b c d f e")]
    shares = math.log(5 / 5) + math.log(3 / 4) + math.log(2 / 3) + math.log(1 / 2)
    assert answers.corpus_bleu([made], [real]) == pytest.approx(math.exp(1 - 6 / 5 + shares / 4))
    assert answers.corpus_bleu([made] * 2, [real, [made]]) > answers.corpus_bleu([made], [real])
    assert answers.corpus_bleu([tokens("x")], [real]) == 0


def test_self_bleu_leaves_the_text_itself_out() -> None:
    assert self_bleu([["a", "b", "c", "d"], ["e", "f", "g", "h"]])[1] == 0
    assert self_bleu([["a", "b", "c", "d"]] * 2)[1] == pytest.approx(1.0)
    assert distinct([["a", "b", "a", "b"]], 2) == pytest.approx(2 / 3)


def test_quatrains_and_rhymes() -> None:
    assert well_formed(POEM, 5) and not well_formed(POEM, 7)
    assert not well_formed(POEM[:-1], 5) and not well_formed(POEM.replace("，", "。"), 5)
    assert rhyme_of(POEM) == "ou" and rhymes(POEM)
    assert not rhymes(POEM.replace("楼", "山"))


def test_a_vocabulary_gives_back_what_it_read() -> None:
    lines = ["a dog runs.", "the dogs run, don't they?", "A dog!"] * 5
    vocabulary = learn_vocabulary(lines, 60)
    for line in lines:
        assert vocabulary.decode(vocabulary.encode(line)) == line
    assert len(vocabulary.encode(" dog")) < 4, "frequent neighbours are merged"
    assert vocabulary.encode("ж") == [vocabulary.numbers[" "], UNKNOWN]
    again = Vocabulary.restored(vocabulary.stored())
    assert again.pieces == vocabulary.pieces
    characters = learn_vocabulary([POEM] * 3, 40, characters=True)
    assert len(characters.encode(POEM)) == len(POEM)


def test_capitals_are_known_to_a_vocabulary_that_learned_none() -> None:
    small = learn_vocabulary(["a black dog runs", "a dog"] * 3, 40)
    assert small.encode("A Black DOG") == small.encode("a black dog")
    both = learn_vocabulary(["A dog ran. a dog"] * 3, 40)
    assert both.encode("A") != both.encode("a") and both.decode(both.encode("A dog")) == "A dog"


def test_a_vocabulary_of_whole_words() -> None:
    lines = ["a dog runs.", "a dog, it's a cat."] * 2 + ["unicorns run."]
    words = words_of(lines, 40)
    assert words.whole and words.decode(words.encode("a dog, a cat.")) == "a dog, a cat."
    assert words.encode("unicorns dog") == [UNKNOWN, words.numbers[" dog"]]
    assert Vocabulary.restored(words.stored()).whole
    assert not learn_vocabulary(lines * 3, 40).whole


def test_above_the_curve_is_zero_on_it() -> None:
    sentences = [tokens(f"a dog {x} in the {y}") for x in "abcdef" for y in "uvw"]
    references = text_gan.References(sentences)
    cold, warm = (text_gan.Point(references, sentences[:n]) for n in (3, 18))
    assert text_gan.above(cold, [cold, warm]) == pytest.approx(0, abs=1e-4)
    assert text_gan.above(warm, [cold]) == pytest.approx(warm.bleu[2] - cold.bleu[2], abs=1e-4)


def test_streams_go_on_where_they_ended() -> None:
    torch.manual_seed(0)
    windows = streams([list(range(3, 40)), list(range(40, 90))], batch=2, window=6)
    first, second = next(windows), next(windows)
    for (read, goal), (following, _) in zip([first], [second], strict=True):
        assert torch.equal(read[:, 1:], goal.where(goal >= 0, read.roll(-1, 1))[:, :-1])
        assert torch.equal(goal[:, -1].clamp(min=1), following[:, 0])


def test_likelihood_of_a_network_that_knows_nothing() -> None:
    family = families()["words/gru"]
    config = family.tiny()
    network = family.build(config).eval()
    for parameter in network.parameters():
        parameter.data.zero_()
    found = nats(network, [[5, 6, 7], [8]])
    assert found["a_piece"] == pytest.approx(math.log(config.pieces), abs=1e-4)
    assert found["a_text"] == pytest.approx(3 * math.log(config.pieces), abs=1e-3)
    read, goal = shifted([[5, 6], [7]])
    assert read.tolist() == [[1, 5, 6], [1, 7, 0]] and goal.tolist() == [[5, 6, END], [7, END, -1]]


@pytest.fixture
def subject(monkeypatch) -> Subject:
    """A tiny text VAE and forty made-up lines as its data."""
    lines = [f"a{i % 7} b c{i % 3} d." for i in range(60)]
    source = text_sets.SOURCES["captions"]
    monkeypatch.setattr(text_sets, "READERS", {"captions": lambda *_: TextSet(lines, source)})
    monkeypatch.setattr(latent_text, "LOOKED_AT", 20)
    monkeypatch.setattr(latent_text, "IMPORTANCE_TEXTS", 5)
    monkeypatch.setattr(writing, "SAMPLES", 8)
    family = families()["words/textvae"]
    torch.manual_seed(0)
    config = family.tiny()
    return Subject("tiny", family, config, family.build(config).eval(), "captions")


def test_rows_of_a_latent_space(subject) -> None:
    rows = {row["name"]: row for row in latent_text.rows(subject)}
    assert {"mutual information", "active latents", "reconstruction BLEU-2"} <= set(rows)
    assert all(np.isfinite(row["value"]) for row in rows.values())
    assert rows["mutual information"]["value"] <= rows["mutual information"]["ceiling"] + 1e-3
    bound = rows["nats a text (bound)"]["value"]
    assert rows["nats a text (importance)"]["value"] < bound + 1


def test_importance_is_the_likelihood_where_the_latent_says_nothing(subject) -> None:
    """A decoder that does not hear its latents: the bound's gap is known to be zero."""
    network = subject.network
    for parameter in network.parameters():
        parameter.data.zero_()
    texts = [[5, 6, 7], [8, 9]]
    exact = 3.5 * math.log(subject.config.pieces)
    assert latent_text.importance(network, texts, None) == pytest.approx(exact, abs=1e-2)
    assert latent_text.information(network, texts) == pytest.approx(0.0, abs=1e-4)


def test_rows_of_texts_that_answer(monkeypatch) -> None:
    heard = [f"a{i % 7} b c{i % 3}?" for i in range(60)]
    said = [f"d{i % 7} e f{i % 3}." for i in range(60)]
    labels = {"intent": np.array([i % 3 for i in range(60)])}
    found = TextSet(said, text_sets.SOURCES["support"], labels, {"intent": ("x", "y", "z")}, heard)
    monkeypatch.setattr(text_sets, "READERS", {"support": lambda *_: found})
    monkeypatch.setattr(answers, "LOOKED_AT", 12)
    family = families()["words/replies"]
    torch.manual_seed(0)
    config = family.tiny()
    subject = Subject("tiny", family, config, family.build(config).eval(), "support")
    rows = {row["name"]: row for row in answers.rows(subject)}
    assert all(np.isfinite(row["value"]) for row in rows.values())
    assert rows["answers: BLEU-4"]["baseline"] == pytest.approx(1.0), "it was there to remember"
    assert rows["recognised: intent"]["baseline"] == rows["recognised: intent"]["ceiling"] == 1


def test_pairs_of_a_persons_own_folder(tmp_path) -> None:
    lines = [f"How {i}? => So {i}." for i in range(200)] + ["alone"]
    (tmp_path / "pairs.txt").write_text("\n".join(lines), encoding="utf-8")
    pairs = text_sets.load_texts(str(tmp_path)).pairs()
    assert {("how 7?", "so 7."), ("how 8?", "so 8.")} & set(pairs)
    assert all(answer in (heard.replace("how", "so").replace("?", "."), "alone")
               for heard, answer in pairs)  # fmt: skip
