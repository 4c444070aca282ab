"""What people dropped in: in memory only, each person's own, bounded, forgotten after a while.

A client is a browser tab that chose a secret name for itself; whoever does not know the name finds
nothing. Nothing is written to disk.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.media.readers import check_size
from studio.sentences import PersonError

MIB = 2**20
EACH = 192 * MIB  # of one client: its oldest file goes first
ALL = 1024 * MIB  # of all clients: the one that was silent longest goes first
SILENCE = 3600.0  # seconds after which a client's files are forgotten
SHORTEST = 16  # characters of a name that nobody guesses


@dataclass
class _Client:
    files: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    seen: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        return sum(map(len, self.files.values()))


class Dropped:
    """Files by client and SHA-256; safe for all threads."""

    def __init__(self) -> None:
        self._clients: OrderedDict[str, _Client] = OrderedDict()  # the longest silent first
        self._lock = threading.Lock()

    def keep(self, client: Any, name: str, content: bytes) -> dict[str, Any]:
        """Remember a file for this client: {name, size, sha256}, as a request names it.

        PersonError where it is empty, too large, or where the tab has no name of its own.
        """
        check_size(content, name)
        if not isinstance(client, str) or len(client) < SHORTEST:
            raise PersonError(
                "A file needs to know which tab it belongs to: reload the page.",
                "无法确定文件属于哪个页面:请刷新页面。",
            )
        digest = hashlib.sha256(content).hexdigest()
        with self._lock:
            here = self._touch(client) or self._clients.setdefault(client, _Client())
            here.files[digest] = content
            here.files.move_to_end(digest)
            while here.size > EACH:
                here.files.popitem(last=False)
            self._forget()
        return {"name": _plain(name), "size": len(content), "sha256": digest}

    def files_of(self, client: Any) -> Mapping[str, bytes]:
        """SHA-256 -> content of what this client dropped and is still here."""
        if not isinstance(client, str):
            return {}
        with self._lock:
            here = self._touch(client)
            return dict(here.files) if here else {}

    def _touch(self, client: str) -> _Client | None:
        here = self._clients.get(client)
        if here:
            here.seen = time.monotonic()
            self._clients.move_to_end(client)
        return here

    def _forget(self) -> None:
        while self._clients:
            oldest = next(iter(self._clients.values()))
            full = sum(c.size for c in self._clients.values()) > ALL and len(self._clients) > 1
            if not full and time.monotonic() - oldest.seen < SILENCE:
                return
            self._clients.popitem(last=False)


def _plain(name: str) -> str:
    """A file's name without folders and without letters that cannot be shown."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:255] or "file"


DROPPED = Dropped()
