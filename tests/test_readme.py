"""What the README promises is true: its table is the cards', its commands exist."""

import re
from pathlib import Path

import pytest

from models.table import BEGIN, END, HEADS, table

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("file", HEADS)
def test_the_table_is_that_of_the_cards(file: str, monkeypatch) -> None:
    monkeypatch.delenv("STUDIO_MODELS", raising=False)
    text = (ROOT / file).read_text(encoding="utf-8")
    shown = BEGIN + text.split(BEGIN)[1].split(END)[0] + END
    assert shown == table(file), "run python -m models.table"


@pytest.mark.parametrize("file", HEADS)
def test_named_files_and_modules_exist(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    for name in set(re.findall(r"python -m ([a-z.]+)", text)) - {"pytest", "venv"}:
        path = ROOT / name.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), name
    for link in re.findall(r"\]\(([\w./-]+)\)", text):
        assert (ROOT / link).exists(), link
