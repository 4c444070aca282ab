"""Who may come in, and a tunnel that cannot be dug."""

import io
import sys

import pytest

from studio.sentences import PersonError
from studio.share import login, share


def test_a_closed_studio_asks_nobody(monkeypatch) -> None:
    monkeypatch.delenv("SPACE_ID", raising=False)
    assert login(None, public=False) is None


def test_an_open_studio_gets_a_password_of_its_own(monkeypatch) -> None:
    monkeypatch.delenv("SPACE_ID", raising=False)
    one, two = login(None, public=True), login(None, public=True)
    assert one[0] == two[0] == "studio"
    assert one[1] != two[1]
    assert len(one[1]) >= 12


def test_a_space_never_asks_by_itself(monkeypatch) -> None:
    monkeypatch.setenv("SPACE_ID", "someone/studio")
    assert login(None, public=True) is None
    assert login("cat:meow", public=True) == ("cat", "meow")


def test_passwords_may_hold_colons() -> None:
    assert login("cat:me:ow", public=False) == ("cat", "me:ow")


@pytest.mark.parametrize("given", ["", "cat", ":meow", "cat:"])
def test_half_a_login_is_refused(given: str) -> None:
    with pytest.raises(PersonError, match="--auth needs a name and a password"):
        login(given, public=False)


def test_the_link_is_said() -> None:
    said = []
    assert share(7860, said.append, lambda port: f"https://x.test/{port}") == "https://x.test/7860"
    assert said[0] == "Share link: https://x.test/7860"
    assert len(said) == 2 and set(said[1]) <= set("█▀▄ \n"), "a QR code for telephones"


def test_a_console_without_blocks_gets_the_address_alone(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    said = []
    share(7860, said.append, lambda port: "https://x.test/")
    assert said == ["Share link: https://x.test/"]


@pytest.mark.parametrize("reason", ["Could not get share link.\nand more", ""])
def test_a_failed_tunnel_is_one_sentence(reason: str) -> None:
    def fails(port: int) -> str:
        raise RuntimeError(reason)

    said = []
    assert share(7860, said.append, fails) is None
    assert len(said) == 1
    assert "the local studio goes on" in said[0]
    assert "\n" not in said[0]
