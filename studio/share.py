"""Who may come in: passwords, and the public link whose failure never stops the local studio."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable

from studio.parts.qr import printed
from studio.sentences import PersonError

NAME = "studio"
LOCAL = ("127.0.0.1", "localhost", "::1")


def login(given: str | None, public: bool) -> tuple[str, str] | None:
    """(name, password) of the login, or None for an open studio.

    A studio that others reach gets a password even where none was asked for; a Hugging Face
    Space is public on purpose and never asks.
    """
    if given is not None:
        name, colon, password = given.partition(":")
        if not (name and colon and password):
            raise PersonError(
                "--auth needs a name and a password with a colon between them, such as cat:meow.",
                "--auth 需要用冒号隔开的用户名和密码,例如 cat:meow。",
            )
        return name, password
    if public and not on_a_space():
        return NAME, secrets.token_urlsafe(9)
    return None


def on_a_space() -> bool:
    """Whether this runs as a Hugging Face Space."""
    return "SPACE_ID" in os.environ


def tunnel(port: int) -> str:
    """The public address of a new tunnel to a local port. Needs a network."""
    from gradio import networking

    return networking.setup_tunnel("127.0.0.1", port, secrets.token_urlsafe(32), None, None)


def share(port: int, say: Callable[[str], None], dig: Callable[[int], str] = tunnel) -> str | None:
    """Digs the tunnel and says its address; says one sentence and goes on where that fails."""
    try:
        address = dig(port)
    except Exception as error:
        # Whatever went wrong there, the studio here is up: Gradio raises half a dozen kinds.
        reason = (str(error).splitlines() or [type(error).__name__])[0][:120].rstrip(".")
        say(f"No share link could be made ({reason}); the local studio goes on.")
        return None
    say(f"Share link: {address}")
    if prints_blocks():
        say(printed(address))
    return address


def prints_blocks() -> bool:
    """Whether the console can show the half blocks of a QR code."""
    try:
        "█▀▄".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def close_tunnels() -> None:
    """Ends what `tunnel` started: Gradio's own close() leaves it running."""
    networking = sys.modules.get("gradio.tunneling")
    for one in getattr(networking, "CURRENT_TUNNELS", []):
        if one.proc is not None:
            one.proc.terminate()
            one.proc = None
