"""An address as a QR code: for the page and for a console."""

from __future__ import annotations

import io

import segno


def drawn(address: str) -> str:
    """A QR code as a data URL of a small SVG, black on white in every light."""
    return segno.make(address, error="m").svg_data_uri(scale=4, border=3, light="#fff")


def printed(address: str) -> str:
    """The same for a console, in half blocks."""
    out = io.StringIO()
    segno.make(address, error="l").terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")
