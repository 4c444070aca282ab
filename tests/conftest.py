"""Fixtures that all tests share: small published models, and an engine of their own."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

import studio  # noqa: F401  sets how torch's threads wait, before torch is imported
from models.registry import families
from models.weights import publish_tiny

ODD = Path(__file__).parent / "studio" / "odd"


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with a tiny twin of every family of ours, made once; do not write here.

    A family whose twin cannot be made fails in tests/models/test_weights.py, under its own name,
    and not in every test that wants any model at all.
    """
    root = tmp_path_factory.mktemp("tiny")
    for family in families().values():
        try:
            publish_tiny(family, root)
        except Exception as error:
            warnings.warn(f"{family.id} has no tiny twin: {error!r}", stacklevel=1)
    return root


@pytest.fixture(scope="session")
def odd_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with the odd families' twins; do not write here."""
    root = tmp_path_factory.mktemp("odd")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_MODELS", str(ODD))
        for name in ("pictures/odd", "style/negative"):
            publish_tiny(families()[name], root)
    return root


@pytest.fixture
def tiny_root(tiny_models: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The registry sees a tiny twin of every family, called `<family>-toy`."""
    monkeypatch.setenv("STUDIO_MODELS", str(tiny_models))
    return tiny_models


@pytest.fixture
def odd_root(tiny_models: Path, odd_models: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with odd families besides: steps, failures, a picture taken in."""
    monkeypatch.setenv("STUDIO_MODELS", os.pathsep.join(map(str, (tiny_models, ODD, odd_models))))
    return odd_models


@pytest.fixture
def engine() -> Iterator:
    """An engine on the CPU; closed afterwards."""
    from studio.engine import Engine

    made = Engine("cpu")
    yield made
    made.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes last: its driver keeps an event loop running in this thread, where
    `asyncio.run` of other tests would then be refused."""
    items.sort(key=lambda item: "browser" in item.path.parts)
