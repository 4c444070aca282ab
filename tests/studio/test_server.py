"""Starting the studio: what answers, what does not, and what is never imported or asked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from studio.bench.caller import component
from studio.bench.servers import free_port
from studio.parts import assets

ROOT = Path(__file__).parents[2]


@contextmanager
def running(*flags: str, **environment: str) -> Iterator[tuple[str, list[str]]]:
    """(address, lines said so far) of `python app.py` in a process of its own."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port), *flags],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield f"http://127.0.0.1:{port}/", said(process, flags)
    finally:
        process.terminate()
        assert process.wait(20) == 0, "SIGTERM ends it in order"


@pytest.fixture(scope="module")
def plain(tiny_models) -> Iterator[tuple[str, list[str]]]:
    """One studio without a login, for all tests that only look at it."""
    with running("--offline", STUDIO_MODELS=str(tiny_models)) as started:
        yield started


def said(process: subprocess.Popen, flags: tuple[str, ...]) -> list[str]:
    """The lines up to the last one that these flags make it say."""
    last = "share link" if "--share" in flags else "Login" if "--auth" in flags else "Studio"
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.strip())
        if last.lower() in line.lower():
            return lines
    raise AssertionError(f"it ended: {lines}")


def get(address: str, opener: urllib.request.OpenerDirector | None = None):
    open_it = opener.open if opener else urllib.request.urlopen
    with open_it(address, timeout=30) as answer:
        return answer.read(), answer.headers


def test_what_answers_without_a_login(plain) -> None:
    address, lines = plain
    assert lines == [f"Studio: {address}"]
    assert json.loads(get(address + "healthz")[0])["ok"] is True
    page = get(address)[0].decode()
    assert "Studio of small generative models" in page
    data, headers = get(address + assets.address("js/dom.js"))
    assert data == (ROOT / "assets/js/dom.js").read_bytes()
    assert "immutable" in headers["Cache-Control"]
    info = json.loads(get(address + "gradio_api/info")[0])
    assert sorted(info["named_endpoints"]) == ["/models", "/run"]
    assert info["unnamed_endpoints"] == {}
    for hidden in (
        "studio/000000000000/js/dom.js",
        f"studio/{assets.version()}/../../app.py",
        f"gradio_api/file={ROOT / 'app.py'}",
        "gradio_api/file=/etc/passwd",
        "monitoring",
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            get(address + hidden)
        assert refused.value.code in (401, 403, 404)


def test_a_login_stands_before_pictures_and_doors(tiny_root) -> None:
    with running("--offline", "--auth", "cat:meow") as (address, lines):
        assert lines[-1] == "Login: cat with password meow"
        assert b"data:image/png" not in get(address)[0]
        for door in ("config", "gradio_api/info"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                get(address + door)
            assert refused.value.code == 401
        cookies = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        form = urllib.parse.urlencode({"username": "cat", "password": "meow"}).encode()
        cookies.open(address + "login", form, timeout=30).read()
        assert b"data:image/png" in get(address, cookies)[0]
        call = {"component_id": component(address, "pictures", cookies), "fn_name": "live"}
        asked = {"request": {"model": "pictures/dcgan-toy"}, "client": "someone"}
        body = json.dumps({**call, "session_hash": "x", "data": asked}).encode()
        where = urllib.request.Request(
            address + "gradio_api/component_server/", body, {"Content-Type": "application/json"}
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            get(where)
        assert refused.value.code == 401
        assert json.loads(get(where, cookies)[0])["request"]["model"] == "pictures/dcgan-toy"


def test_a_share_that_fails_leaves_the_local_studio(tiny_root) -> None:
    # A stand-in for no network: the address of the relay cannot be asked.
    nowhere = {"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
    with running("--share", **nowhere) as (address, lines):
        assert re.fullmatch(r"Login: studio with password \S{12,}", lines[1])
        assert "No share link could be made" in lines[-1]
        assert json.loads(get(address + "healthz")[0])["ok"] is True


@pytest.mark.parametrize(
    ("flags", "word"),
    [
        (["--share", "--offline"], "--offline forbids it"),
        (["--auth", "cat"], "--auth needs a name"),
    ],
)
def test_bad_flags_are_one_sentence(flags: list[str], word: str) -> None:
    done = subprocess.run(
        [sys.executable, "app.py", *flags], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert word in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_taken_port_is_one_sentence(plain, tiny_root) -> None:
    port = plain[0].rstrip("/").rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "app.py", "--port", port, "--offline"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr == f"Port {port} is taken or not allowed: give another one with --port.\n"


def test_the_page_is_built_without_torch(tiny_root) -> None:
    code = (
        "import sys; from studio import shell; shell.build(shell.names());"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
