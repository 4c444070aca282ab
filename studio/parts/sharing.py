"""Lab -> Sharing: the addresses of this studio with a QR code, and its limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from studio import limits
from studio.guard import LIMIT
from studio.parts.qr import drawn
from studio.queueing import RUNS_PER_CLIENT

# A page tells where it is; only what is plainly an address is drawn.
ADDRESS = re.compile(r"https?://[\w.:\[\]/~-]{3,200}", re.ASCII)
LOOPBACK = re.compile(r"https?://(localhost|127\.[\d.]+|\[::1\])(:|/|$)")


@dataclass
class Place:
    """Where this studio can be reached; filled in by the server when it has started."""

    local: str = ""
    public: str | None = None
    locked: bool = False


PLACE = Place()


async def sharing(data: Any) -> dict[str, Any]:
    """{at: address of the page} -> {local, address, kind, qr, locked, limits}.

    `address` can be opened elsewhere: the share link (`public`), or where the page was opened, if
    that is not this computer alone (`here`); None where there is neither.
    """
    at = str(data.get("at") or "")
    here = at if ADDRESS.fullmatch(at) and not LOOPBACK.match(at) else None
    address = PLACE.public or here
    return {
        "local": PLACE.local,
        "address": address,
        "kind": "public" if PLACE.public else "here",
        "qr": drawn(address) if address else None,
        "locked": PLACE.locked,
        "limits": {
            "flight": limits.FLIGHT,
            "runs": RUNS_PER_CLIENT,
            "seconds": limits.SECONDS,
            "upload": limits.UPLOAD,
            "request": LIMIT // 2**20,
        },
    }
