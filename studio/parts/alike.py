"""Is it in the data? The training sentences nearest to a text, where they are on this machine."""

from __future__ import annotations

import threading
from typing import Any

from studio.catalogue import published
from studio.live import answering, client_of
from studio.parts import jobs
from studio.sentences import PersonError

MOST = 4000  # characters that are looked at
SHOWN = 3
_reading = threading.Lock()  # two people who ask at once wait for one reading of the data


@answering
async def alike(data: dict[str, Any]) -> dict[str, Any]:
    """{model, text, client} -> {near: [{asked, found, row, words}], all}, or a job to follow."""
    model, text = published(str(data.get("model"))), data.get("text")
    if model.family.gives != "text" or not isinstance(text, str) or not text.strip():
        raise PersonError("There is no text to look up.", "没有可查找的文本。")
    name = str(model.card.data["name"])
    return await jobs.start(lambda job: _found(name, text[:MOST]), client_of(data))


def _found(name: str, text: str) -> dict[str, Any]:
    from models.data.kin import kin_of

    try:
        with _reading:
            kin = kin_of(name)
    except FileNotFoundError:
        raise PersonError(
            f"The texts that this model learned from ({name}) are not on this machine.",
            f"该模型所用的训练文本({name})不在本机上。",
        ) from None
    near = kin.nearest(text)
    return {"near": [n._asdict() for n in near[:SHOWN]], "all": len(kin.sentences)}
