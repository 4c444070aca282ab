"""Starts the studio: environment, doors, guard, login, launch, and then the engine's warming up."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from studio import limits
from studio.sentences import PersonError
from studio.share import LOCAL, close_tunnels, login, share

SESSIONS = 200  # Gradio's default of 10,000 would let a stranger fill the memory
BOOT = secrets.token_hex(6)  # tells an open page that the server was started again


@dataclass(frozen=True)
class Options:
    """What a person asks of the server: the flags of app.py."""

    share: bool = False
    auth: str | None = None
    port: int | None = None
    host: str = "127.0.0.1"
    device: str = "auto"
    root_path: str | None = None
    offline: bool = False
    inbrowser: bool = False


@dataclass
class Running:
    """A started studio."""

    demo: object
    address: str
    port: int
    folder: Path
    public: str | None = None

    def close(self) -> None:
        """Stops serving and sharing, and removes what people dropped in."""
        close_tunnels()
        self.demo.close(verbose=False)
        shutil.rmtree(self.folder, ignore_errors=True)


def prepare(options: Options) -> Path:
    """Environment for Gradio, before it is imported; answers the folder of this run's files."""
    folder = Path(tempfile.mkdtemp(prefix="studio-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1"}
    if options.offline:
        quiet |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    os.environ.update(quiet)
    os.environ["GRADIO_TEMP_DIR"] = str(folder)
    return folder


def start(options: Options, say: Callable[[str], None] = print) -> Running:
    """Serve in background threads. PersonError where flags or port make that impossible."""
    if options.share and options.offline:
        raise PersonError(
            "--share needs a network and --offline forbids it: give one of the two.",
            "--share 需要网络,而 --offline 禁止联网:请只选其一。",
        )
    public = options.share or options.host not in LOCAL
    door = login(options.auth, public)
    uploads = prepare(options)

    from studio import shell
    from studio.api import DOORS
    from studio.door import Door
    from studio.engine import Engine, set_engine
    from studio.fresh import Fresh
    from studio.front import Front, meta
    from studio.guard import Guard
    from studio.parts import assets
    from studio.parts.sharing import PLACE

    engine = Engine(options.device)
    set_engine(engine)
    names = shell.names()
    demo = shell.build(names, options.share)
    demo.queue(api_open=False, default_concurrency_limit=4, max_size=64)
    port = options.port or _free_port() if options.port is not None else None
    try:
        demo.launch(
            server_name=options.host,
            server_port=port,
            root_path=options.root_path,
            auth=[door] if door else None,
            auth_message="Studio of small generative models · 小型生成模型工作室",
            prevent_thread_lock=True,
            inbrowser=False,
            quiet=True,
            share=False,  # share() digs the tunnel: the page's own files then stay on this host
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            enable_monitoring=False,
            run_history=False,
            footer_links=[],
            max_file_size=f"{limits.UPLOAD}mb",
            allowed_paths=[],
            blocked_paths=[str(Path(__file__).parents[1])],
            state_session_capacity=SESSIONS,
            i18n=names,
            theme=shell.theme(),
            head=assets.head(),
            app_kwargs={
                "routes": [assets.ROUTE, Route("/healthz", _healthz)],
                "middleware": [
                    Middleware(Guard, uploads=uploads, doors=DOORS),
                    Middleware(Front, head=meta(shell.TITLE, shell.ABOUT) + assets.early()),
                    Middleware(Door, page=demo),
                    Middleware(Fresh, page=demo, draw=lambda: shell.build(names, options.share)),
                ],
            },
        )
    except OSError:
        raise PersonError(
            f"Port {port} is taken or not allowed: give another one with --port.",
            f"端口 {port} 被占用或不可用:请用 --port 换一个。",
        ) from None
    running = Running(demo, demo.local_url, demo.server_port, uploads)
    PLACE.local, PLACE.public, PLACE.locked = demo.local_url, None, door is not None
    limits.Runtime.seconds = limits.SECONDS if public else None
    say(f"Studio: {demo.local_url}")
    if door:
        say(f"Login: {door[0]} with password {door[1]}")
    engine.warm(shell.first_model())  # in the worker's thread: torch is imported only now
    if options.share:
        running.public = PLACE.public = share(demo.server_port, say)
    if options.inbrowser:
        import webbrowser

        webbrowser.open(running.address)
    return running


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _healthz(request: Request) -> JSONResponse:
    """Whether the studio answers; no login, so nothing private."""
    return JSONResponse({"ok": True, "boot": BOOT})
