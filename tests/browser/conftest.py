"""A studio on a free port with tiny models, and a real Chromium that reports every misstep."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from models.registry import families
from models.weights import publish_tiny
from studio.bench.chromium import browser, find_chromium
from studio.bench.servers import free_port, ours, serving

TOY = Path(__file__).parents[1] / "toy" / "pictures"
MODELS = (
    *("pictures/dcgan", "pictures/pca", "pictures/toy", "pictures/vae", "pictures/cgan"),
    *("words/gru", "words/textvae", "music/cgan"),
)
PATIENCE = 90_000  # milliseconds: a machine that trains beside its tests is slow, not broken
SHOWN = "[data-part=stage][data-shown]"


@pytest.fixture(scope="session")
def models_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tiny published models with random weights, and of the toy family."""
    root = tmp_path_factory.mktemp("models")
    shutil.copytree(TOY, root / "pictures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_MODELS", str(root))
        for name in MODELS:
            publish_tiny(families()[name], root)
    return root


@pytest.fixture(scope="session")
def address(models_root: Path) -> Iterator[str]:
    """The running studio, started as a person starts it."""
    port = free_port()
    with ExitStack() as running:
        with pytest.MonkeyPatch.context() as patch:  # only the child shall know the tiny models
            patch.setenv("STUDIO_MODELS", str(models_root))
            where, _ = running.enter_context(serving(ours(port), port))
        yield where


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One browser for all tests; each test opens contexts of its own."""
    if find_chromium() is None:
        pytest.skip("No Chromium on this machine: install it (apt install chromium).")
    with browser() as running:
        yield running


@pytest.fixture
def visit(chromium, address: str) -> Iterator:
    """visit(path, **context) -> a page that is open and shows a picture.

    At the end of the test every page must have made no request to another host and written no
    error to its console, save what the test itself lets pass with `page.expected`.
    """
    contexts, faults = [], []

    def go(path: str = "", wait: str = SHOWN, where: str = address, **facts):
        context = chromium.new_context(**facts)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.expected = ()

        def fault(text: str) -> None:
            if not any(word in text for word in page.expected):
                faults.append(text)

        page.on("pageerror", lambda error: fault(f"error: {error}"))
        page.on("console", lambda m: m.type in ("error", "warning") and fault(f"console: {m.text}"))
        page.on("request", lambda r: _local(r.url, where) or fault(f"left the host: {r.url}"))
        page.goto(where + path)
        page.wait_for_selector(wait)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not faults


def _local(url: str, where: str) -> bool:
    return url.startswith((where, "data:", "blob:"))


def entry(family: str, title: str, recall: float, precision: float) -> dict:
    shared = {"unit": "share", "better": "higher", "command": ""}
    return {
        "model": f"pictures/{family}-toy",
        "family": f"pictures/{family}",
        "title": {"en": title, "zh": f"{title} 模型"},
        "revision": "0",
        "measures": [
            {"name": "precision", "value": precision, "group": "quality", "ceiling": 0.8, **shared},
            {"name": "recall", "value": recall, "group": "diversity", "baseline": 0.0, **shared},
        ],
        "cost": {"stored_numbers": 1000, "milliseconds": 2.5, "training_minutes": 60},
        "difficulty": ["It collapsed once.|它崩溃过一次。"],
        "faults": ["Weak: below the bar.|较弱:未达标准。"] if family == "pca" else [],
        "samples": ["data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="] * 2,
    }


@pytest.fixture
def compared(models_root):
    """A comparison beside the tiny models, gone afterwards."""
    path = models_root / "published" / "compare.json"
    groups = {"quality": {"en": "Quality", "zh": "质量"}, "diversity": {"en": "D", "zh": "多样性"}}
    entries = [entry("dcgan", "DCGAN", 0.25, 0.9), entry("pca", "PCA", 0.5, 0.1)]
    told = {"seeds": [1, 2], "groups": groups, "data": {"toy": entries}}
    path.write_text(json.dumps(told), encoding="utf-8")
    yield path
    path.unlink(missing_ok=True)
