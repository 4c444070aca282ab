"""Sharing in earnest, against a stand-in for the relay: what Gradio starts is a program that
really forwards, so that everything but the public network is tried."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from studio.bench.servers import free_port

ROOT = Path(__file__).parents[2]

# Takes the flags that Gradio gives to its tunnel and forwards plain HTTP to the studio.
STAND_IN = """#!{python}
import http.server, sys, threading, urllib.error, urllib.request
inside = "http://127.0.0.1:" + sys.argv[sys.argv.index("-l") + 1]

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        headers = {{"X-Forwarded-For": "203.0.113.7"}}
        asked = urllib.request.Request(inside + self.path, headers=headers)
        try:
            answer = urllib.request.urlopen(asked, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        data = answer.read()
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print("start proxy success: http://127.0.0.1:%d/" % server.server_port, flush=True)
server.serve_forever()
"""


@pytest.fixture
def relay(tmp_path: Path) -> dict[str, str]:
    """Environment in which Gradio finds the stand-in where it keeps its own program."""
    from gradio import tunneling

    program = tmp_path / "gradio" / "frpc" / tunneling.BINARY_FILENAME
    program.parent.mkdir(parents=True)
    program.write_text(STAND_IN.format(python=sys.executable))
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    return {"HF_HOME": str(tmp_path), "GRADIO_SHARE_SERVER_ADDRESS": "127.0.0.1:7000"}


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
def test_a_share_link_works_asks_for_a_password_and_ends_with_the_studio(relay) -> None:
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(free_port()), "--share"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", **relay},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        local, login, link = (process.stdout.readline().strip() for _ in range(3))
        assert re.fullmatch(r"Studio: http://127\.0\.0\.1:\d+/", local), "always printed"
        assert re.fullmatch(r"Login: studio with password \S{12,}", login)
        assert link.startswith("Share link: http://127.0.0.1:")
        assert set(process.stdout.readline()) <= set("█▀▄ \n"), "the QR code begins"
        public = link.removeprefix("Share link: ")
        with urllib.request.urlopen(public + "healthz", timeout=60) as answer:
            assert json.loads(answer.read())["ok"] is True
        with urllib.request.urlopen(public, timeout=60) as answer:
            assert b"data:image/png" not in answer.read(), "nothing to see before the login"
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(public + "config", timeout=60)
        assert refused.value.code == 401
    finally:
        process.terminate()
        rest = process.communicate(timeout=60)[0]
    assert process.returncode == 0 and "Traceback" not in rest
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(public + "healthz", timeout=60)
