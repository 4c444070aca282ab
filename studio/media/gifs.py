"""The comment in a GIF: where our films hold their request, since GIF knows no better place."""

from __future__ import annotations


def comment(data: bytes) -> bytes | None:
    """The first comment's bytes; None where there is none. IndexError where the file is cut off."""
    at = 13 + _colours(data[10])
    while True:
        kind = data[at]
        if kind == 0x3B:  # the end
            return None
        if kind == 0x21:  # an extension: a label and its parts
            label, (body, at) = data[at + 1], _parts(data, at + 2)
            if label == 0xFE:
                return body
        elif kind == 0x2C:  # a picture: nine bytes, its colours, one byte and its parts
            _, at = _parts(data, at + 11 + _colours(data[at + 9]))
        else:
            raise IndexError("no GIF")


def _colours(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _parts(data: bytes, at: int) -> tuple[bytes, int]:
    """Parts of up to 255 bytes, each after its length, until an empty one."""
    body = b""
    while size := data[at]:
        if at + size >= len(data):
            raise IndexError("cut off")
        body += data[at + 1 : at + 1 + size]
        at += 1 + size
    return body, at + 1
