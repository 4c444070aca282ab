"""Ways in: through a login, and through a proxy that shows the studio below a path."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from browser.hands import choose, picture, settled, slide
from studio.bench.servers import free_port, ours, serving

TINY = "pictures/dcgan-toy"


@contextmanager
def proxy(target: str, prefix: str) -> Iterator[str]:
    """The address of a plain reverse proxy that takes `prefix` away."""

    class Handler(BaseHTTPRequestHandler):
        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))) or None
            inner = self.path.removeprefix(prefix).lstrip("/")
            request = urllib.request.Request(target + inner, body, method=self.command)
            for name in ("Content-Type", "Cookie"):
                if name in self.headers:
                    request.add_header(name, self.headers[name])
            request.add_header("X-Forwarded-Host", self.headers["Host"])
            try:
                answer = urllib.request.urlopen(request, timeout=30)
            except urllib.error.HTTPError as error:
                answer = error
            data = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"] or "text/plain")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = forward  # noqa: N815

        def log_message(self, *words) -> None:
            """Silent."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # a page asks for sixty files at once

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}/"
    finally:
        server.shutdown()


def test_a_link_survives_the_login(visit, models_root, monkeypatch) -> None:
    open_page = visit()
    choose(open_page, TINY)
    slide(open_page, "direction_1", 2.5)
    request = settled(open_page)
    open_page.locator("[data-do=link]").click()
    link = "#" + open_page.url.partition("#")[2]

    monkeypatch.setenv("STUDIO_MODELS", str(models_root))
    port = free_port()
    with serving([*ours(port), "--auth", "cat:meow"], port) as (where, _):
        page = visit(link, wait="input[type=password]", where=where)
        page.expected = ("401",)
        page.locator("input").first.fill("cat")
        page.locator("input[type=password]").fill("meow")
        page.get_by_role("button", name="Login").click()
        page.wait_for_selector("[data-part=stage][data-shown]")
        assert settled(page) == request
        assert picture(page) == picture(open_page)
        slide(page, "direction_1", 0.5)
        assert settled(page)["controls"]["direction_1"] == 0.5
        page.close()  # before the server goes


def test_below_a_path_of_a_proxy(visit, models_root, monkeypatch) -> None:
    monkeypatch.setenv("STUDIO_MODELS", str(models_root))
    port = free_port()
    words = [*ours(port), "--root-path", "/art/studio"]
    with serving(words, port) as (where, _), proxy(where, "/art/studio") as address:
        page = visit(where=address)
        choose(page, TINY)
        slide(page, "direction_1", 1.5)
        assert settled(page)["controls"]["direction_1"] == 1.5
        page.close()  # before the servers go
