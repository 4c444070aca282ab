"""Each floor imports only what is below it, and opening the page never waits for torch."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("studio/**/*.py"), *ROOT.glob("models/**/*.py"), ROOT / "app.py"])


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def tops(body) -> set[str]:
    """First words of what these statements import, without looking into functions."""
    plain = [n for n in body if isinstance(n, ast.Import | ast.ImportFrom)]
    return {name.split(".")[0] for node in plain for name in imported(node)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_floors(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    words = {name.split(".")[0] for name in imported(tree)}
    if path.is_relative_to(ROOT / "models"):
        assert not words & {"studio", "gradio", "pydantic"}
    if path.is_relative_to(ROOT / "studio"):
        families = {n for n in imported(tree) if n.startswith(("models.pictures", "models.layers"))}
        assert not families, "the studio knows no model by name"
        assert "torch" not in tops(tree.body)
    if path.name == "family.py":
        assert "torch" not in tops(tree.body), "a declaration is read without torch"


def test_the_rule_can_fail() -> None:
    tree = ast.parse("import torch\nfrom studio.engine import Engine\ndef f():\n    import gradio")
    assert tops(tree.body) == {"torch", "studio"}
    assert {n.split(".")[0] for n in imported(tree)} == {"torch", "studio", "gradio"}
