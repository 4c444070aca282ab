"""Texts as plain text and as JSON, out and in."""

from __future__ import annotations

import json
from typing import Any

from models.values import Text
from studio.media.decent import masked
from studio.media.errors import MediaError
from studio.media.readers import WORD_TXT, check_size
from studio.media.statement import SOURCE_TYPE, Statement
from studio.sentences import shown

FORMS = {"txt": "text/plain", "json": "application/json"}
RULE = "\n\n--\n"  # between the text and what is said about it


def encode(text: Text, form: str, statement: Statement) -> bytes:
    """A text -> bytes of a file, the same ones every time; both forms end with a line break."""
    if form == "txt":
        about = f"{statement.words}\n{statement.terms}\n{WORD_TXT}{statement.request}\n"
        return (masked(text.text) + RULE + about).encode()
    facts = {
        **show(text)["text"],
        "generated": statement.words,
        "terms": statement.terms,
        "digital_source_type": SOURCE_TYPE,
        "request": json.loads(statement.request),
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def show(text: Text) -> dict[str, Any]:
    """{text: {text, tokens}}; a token is [text, chance, others, given]."""
    clean = masked(text.text)
    tokens, at = [], 0
    whole = "".join(t.text for t in text.tokens)
    hidden = masked(whole)
    for token in text.tokens:
        piece, at = hidden[at : at + len(token.text)], at + len(token.text)
        others = [[masked(other), round(chance, 4)] for other, chance in token.others]
        tokens.append([piece, round(token.chance, 4), others, int(token.given)])
    return {"text": {"text": clean, "tokens": tokens}}


def decode(data: bytes, name: str, limit: int) -> str:
    """A person's text file -> its text; of ours, what stands above the rule.

    MediaError where it is no UTF-8 text or longer than `limit` characters.
    """
    check_size(data, name)
    what = shown(name, 80)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MediaError(
            f"{what} is no plain text (UTF-8).", f"{what} 不是纯文本(UTF-8)。"
        ) from None
    text = text.split(RULE)[0].replace("\r\n", "\n").strip()
    if "\x00" in text or not text:
        raise MediaError(f"{what} holds no text.", f"{what} 中没有文本。")
    if len(text) > limit:
        raise MediaError(
            f"{what} has {len(text):,} characters; at most {limit:,} are read.",
            f"{what} 有 {len(text):,} 个字符;最多读取 {limit:,} 个。",
        )
    return text
