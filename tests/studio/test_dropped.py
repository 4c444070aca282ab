"""What people dropped in stays theirs, stays bounded, and is forgotten."""

import hashlib

import pytest

from studio import dropped
from studio.dropped import Dropped
from studio.sentences import PersonError

ANNA, BERT = "a" * 24, "b" * 24


def test_a_file_is_found_by_its_owner_only() -> None:
    kept = Dropped()
    named = kept.keep(ANNA, "C:\\cats\\my cat.png", b"bytes")
    assert named == {
        "name": "my cat.png",
        "size": 5,
        "sha256": hashlib.sha256(b"bytes").hexdigest(),
    }
    assert kept.files_of(ANNA) == {named["sha256"]: b"bytes"}
    assert kept.files_of(BERT) == {} and kept.files_of(None) == {} and kept.files_of(7) == {}


@pytest.mark.parametrize("client", [None, "", "short", 5])
def test_a_tab_without_a_name_keeps_nothing(client) -> None:
    with pytest.raises(PersonError):
        Dropped().keep(client, "a.png", b"bytes")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(PersonError):
        Dropped().keep(ANNA, "a.png", b"")


def test_the_oldest_file_makes_room(monkeypatch) -> None:
    monkeypatch.setattr(dropped, "EACH", 10)
    kept = Dropped()
    for content in (b"first", b"second"):
        kept.keep(ANNA, "x", content)
    assert list(kept.files_of(ANNA).values()) == [b"second"]


def test_the_longest_silent_client_makes_room(monkeypatch) -> None:
    monkeypatch.setattr(dropped, "ALL", 10)
    kept = Dropped()
    kept.keep(ANNA, "x", b"123456")
    kept.keep(BERT, "x", b"123456")
    assert kept.files_of(ANNA) == {} and kept.files_of(BERT)


def test_silence_is_forgotten(monkeypatch) -> None:
    kept = Dropped()
    kept.keep(ANNA, "x", b"123456")
    monkeypatch.setattr(dropped, "SILENCE", 0.0)
    kept.keep(BERT, "x", b"123456")
    assert kept.files_of(ANNA) == {}
