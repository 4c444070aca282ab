"""The page on its way out: small, with a first sentence, and with nobody else's name."""

from __future__ import annotations

import asyncio
import gzip
from types import SimpleNamespace

import brotli
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from studio.front import Front, accepted, is_page, meta
from studio.parts import assets

PAGE = (
    '<html><head><meta property="og:title" content="Gradio" /><script>"</head >"</script>'
    '</head><body style="margin: 0"><gradio-app></gradio-app></body></html>'
)


def asked(path: str = "/", **headers: str):
    routes = [
        Route("/", lambda _: HTMLResponse(PAGE)),
        Route("/other", lambda _: PlainTextResponse(PAGE)),
    ]
    app = Front(Starlette(routes=routes), head=meta("Ours", "About") + "<hint>")
    client = TestClient(app)
    client.headers.clear()
    with client.stream("GET", path, headers=headers) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize(
    ("offer", "form", "read"),
    [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", "", bytes)],
)
def test_the_page_is_packed_as_the_browser_likes(offer: str, form: str, read) -> None:
    answer, body = asked(**{"accept-encoding": offer})
    assert answer.headers.get("content-encoding", "") == form
    assert int(answer.headers["content-length"]) == len(body)
    assert "accept-encoding" in answer.headers["vary"].lower()
    page = read(body).decode()
    assert 'content="Gradio"' not in page and 'og:title" content="Ours"' in page
    assert page.index("<hint>") < page.rindex("</head>") < page.index('id="coming"')
    assert page.index('id="coming"') < page.index("<gradio-app>")


def test_everything_else_goes_as_it_is() -> None:
    answer, body = asked("/other", **{"accept-encoding": "br"})
    assert body.decode() == PAGE and "content-encoding" not in answer.headers


def test_which_call_asks_for_the_page() -> None:
    def scope(**facts) -> dict:
        return {"type": "http", "method": "GET", "path": "/", "root_path": "", **facts}

    assert is_page(scope()) and is_page(scope(path="/studio/", root_path="/studio"))
    assert not is_page(scope(path="/config")) and not is_page(scope(method="POST"))
    assert accepted("gzip;q=1, br;q=0") == "gzip" and accepted("identity") == ""


def test_the_first_scripts_are_all_that_the_first_tab_imports() -> None:
    first, rest = assets.needed(*assets.FIRST), assets.later()
    assert "js/dom.js" in first and "i18n/zh.js" in first and "js/plans/turns.js" in first
    assert "js/voice.js" not in first and assets.address("js/voice.js") in rest
    assert not {assets.address(name) for name in first} & set(rest)
    wanted = SimpleNamespace(path_params={"version": assets.version(), "name": assets.SHEET})
    sheet = asyncio.run(assets._send(wanted)).body.decode()
    assert sheet.index("--page") < sheet.index("#pictures .bench") < sheet.index("#lab")
