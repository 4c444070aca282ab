"""A family is declared once: a toy dropped into an empty folder is everywhere at once.

Nothing in `studio/` is edited for it: the registry, the page, the API, the command line, the bench
and the tests over the registry find it because its folder is there.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.registry import cards, controls_of, families
from models.weights import publish_tiny

TOY = Path(__file__).parent / "toy"
NAME = "pictures/toy-toy"


@pytest.fixture
def dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder with the toy in it, published with random weights."""
    root = tmp_path / "models"
    shutil.copytree(TOY, root)
    monkeypatch.setenv("STUDIO_MODELS", str(root))
    publish_tiny(families()["pictures/toy"], root)
    return root


def command(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, env=os.environ, timeout=120
    )


def test_registry(dropped: Path) -> None:
    assert NAME in cards()
    assert [c.name for c in controls_of(cards()[NAME])] == ["light", "shape"]


def test_page(dropped: Path) -> None:
    from studio.parts.listing import listing

    (toy,) = [m for m in listing("picture") if m["id"] == NAME]
    assert toy["title"]["zh"] and toy["first"].startswith("data:image/png")
    assert [c["kind"] for c in toy["controls"]] == ["slider", "choice"]


def test_command_line(dropped: Path) -> None:
    listed = command("studio", "models", "--json")
    assert NAME in [card["id"] for card in json.loads(listed.stdout)]
    out = dropped / "out.png"
    made = command("studio", "run", NAME, "--seed", "3", "--set", "shape=half", "-o", str(out))
    assert made.returncode == 0 and out.stat().st_size > 50, made.stderr
    wrong = command("studio", "run", NAME, "--set", "light=9", "-o", str(out))
    assert wrong.returncode == 2 and len(wrong.stderr.strip().splitlines()) == 1
    assert "-1" in wrong.stderr and "9" in wrong.stderr


def test_api(dropped: Path) -> None:
    from studio import api
    from studio.engine import Engine, set_engine

    assert NAME in [card["id"] for card in api.cards()]
    refused = api.check({"model": NAME, "controls": {"light": "bright"}})
    assert any(not part["is_valid"] for part in refused)
    engine = Engine("cpu")
    set_engine(engine)
    try:
        path, facts = api.run({"model": NAME, "seed": 3, "controls": {"shape": "half"}})
    finally:
        set_engine(None)
        engine.close()
    assert facts["request"]["controls"] == {"light": 0.0, "shape": "half"}
    assert Path(path).read_bytes().startswith(b"\x89PNG")


def test_bench(dropped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.bench import models as bench

    monkeypatch.setattr(bench, "ROUNDS", 1)
    # Its row alone: what all published models cost is for the bench itself to say.
    monkeypatch.setattr("models.registry.cards", lambda: {NAME: cards()[NAME]})
    names = [row.name for row in bench.rows()]
    assert f"models: {NAME}" in names


def test_it_is_gone_with_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STUDIO_MODELS", raising=False)
    assert NAME not in cards() and "pictures/toy" not in families()
