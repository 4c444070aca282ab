"""The page's own scripts, styles and icons, served under an address that changes with them."""

from __future__ import annotations

import hashlib
import mimetypes
import posixpath
import re
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HOME = Path(__file__).parents[2] / "assets"
KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
SHEET = "css/all.css"  # all style sheets in one answer: on a far line each costs a round trip
IMPORTS = re.compile(rb'\bfrom "(\.[^"]+)"|^import "(\.[^"]+)"', re.MULTILINE)
FIRST = ("js/frame.js", "js/pictures.js")  # what a page needs before it shows anything
FOLDERS = ("js", "css", "i18n", "icons", "styles")  # styles: works in the public domain


@lru_cache(maxsize=1)
def _files() -> dict[str, bytes]:
    """Every file that may leave, by its address below the version: nothing else is ever read."""
    paths = [p for folder in FOLDERS for p in sorted((HOME / folder).rglob("*"))]
    found = {p.relative_to(HOME).as_posix(): p.read_bytes() for p in paths if p.suffix in KINDS}
    return {**found, SHEET: b"\n".join(d for n, d in found.items() if n.endswith(".css"))}


@lru_cache(maxsize=1)
def version() -> str:
    """Twelve hex digits of what the files hold, so that a browser may keep them for ever."""
    digest = hashlib.sha256()
    for name, data in _files().items():
        digest.update(name.encode() + b"\0" + data)
    return digest.hexdigest()[:12]


def address(name: str) -> str:
    """Where the page finds `js/pictures.js`, relative to the page itself."""
    if name not in _files():
        raise KeyError(f"assets/{name} is not there")
    return f"studio/{version()}/{name}"


def thumbs(folder: str) -> dict[str, str]:
    """Name -> address of the small pictures in one folder."""
    found = [Path(n) for n in _files() if n.startswith(f"{folder}/")]
    return {path.stem: address(path.as_posix()) for path in found}


def head() -> str:
    """The style sheet and the icon, as Gradio adds them once its scripts run."""
    return "\n".join(
        (
            f'<link rel="stylesheet" href="{address(SHEET)}">',
            f'<link rel="icon" type="image/svg+xml" href="{address("icons/studio.svg")}">',
        )
    )


def early() -> str:
    """Hints in the page itself: what it needs first is fetched while Gradio's scripts come. A
    sheet for no medium is fetched and kept, and applies nothing."""
    return "\n".join(
        [f'<link rel="stylesheet" media="not all" href="{address(SHEET)}">']
        + [f'<link rel="modulepreload" href="{address(n)}">' for n in needed(*FIRST)]
    )


def later() -> list[str]:
    """Addresses of the other scripts, for when the page stands."""
    scripts = {n for n in _files() if n.endswith(".js")}
    return [address(n) for n in sorted(scripts - set(needed(*FIRST)))]


@lru_cache(maxsize=8)
def needed(*scripts: str) -> tuple[str, ...]:
    """The scripts and all that they import, each once, sorted."""
    found, waiting = set(), list(scripts)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for pair in IMPORTS.findall(_files()[name]):
            there = (pair[0] or pair[1]).decode()
            waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(name), there)))
    return tuple(sorted(found))


async def _send(request: Request) -> Response:
    name = request.path_params["name"]
    data = _files().get(name)
    if data is None or request.path_params["version"] != version():
        return Response("Not found: reload the page.", 404, media_type="text/plain")
    kind = KINDS.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
    keep = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(data, media_type=kind, headers=keep)


ROUTE = Route("/studio/{version}/{name:path}", _send)
