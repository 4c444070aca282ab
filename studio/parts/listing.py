"""The published models as the page needs them: declarations, card and first picture as JSON."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image

from models.family import Card, Kind, Takes
from models.metrics.names import in_words
from studio.catalogue import Published, models
from studio.requests import complete, to_link

CARD = ("data", "licence", "measures", "cost", "command")
THUMB = 96  # pixels: twice what the page shows, for fine screens
STORIES = ("faults", "difficulty")  # sentences


def listing(kind: Kind) -> list[dict[str, Any]]:
    """Models that give `kind` and need no file, by their family's place and then their id."""
    found = [m for m in models().values() if _opens(m, kind)]
    return [describe(m) for m in sorted(found, key=lambda m: (m.family.place, m.card.id))]


def takers(kind: Kind, but: str) -> list[str]:
    """The tabs (their models' domains) other than `but` where a result of this kind can go on."""
    able = (m.card.id.split("/")[0] for m in models().values() if _takes(m, kind))
    return [domain for domain in dict.fromkeys(able) if domain != but]


def _takes(model: Published, kind: Kind) -> bool:
    return any(t.kind == kind for t in model.family.takes)


def _opens(model: Published, kind: Kind) -> bool:
    """Whether the model answers without a person's own file."""
    return model.family.gives == kind and not any(t.required for t in model.family.takes)


def describe(model: Published) -> dict[str, Any]:
    """One model: what the page draws its controls, picker and card from."""
    card, facts = model.card, model.card.facts()
    return {
        "id": card.id,
        "title": card.title._asdict(),
        "summary": card.summary._asdict(),
        "revision": card.revision,
        "takes": [take(t) for t in model.family.takes],
        "controls": [control.describe() for control in model.controls],
        "card": {
            **{name: facts[name] for name in CARD},
            "measures": [in_words(row) for row in card.measures],
            **{name: [in_both(text) for text in facts[name]] for name in STORIES},
        },
        "clear": card.config.get("channels") == 4,  # pictures with transparency
        "terms": terms(card),
        "link": link(model),
        "seed": int(card.golden.get("seed", 1)),
        "first": first_picture(model),
        "thumb": thumb(model),
    }


def take(declared: Takes) -> dict[str, Any]:
    """A file that a model takes in, as JSON data."""
    words = {name: getattr(declared, name)._asdict() for name in ("label", "help")}
    facts = {name: getattr(declared, name) for name in ("name", "kind", "required", "limit")}
    return {**facts, **words}


def link(model: Published) -> str | None:
    """What opens the model in its tab; None where it needs a person's own file first."""
    if any(t.required for t in model.family.takes):
        return None
    seed = int(model.card.golden.get("seed", 1))
    return to_link(complete({"model": model.card.id, "seed": seed}))


def terms(card: Card) -> dict[str, str] | None:
    """What the data ask of whoever uses a result, in both languages."""
    en = card.data.get("terms")
    return {"en": en, "zh": card.data.get("terms_zh", en)} if en else None


def in_both(text: Any) -> Any:
    """A card's sentence, `English|中文` as in `--label`, as {en, zh}; others as they are."""
    if not isinstance(text, str) or "|" not in text:
        return text
    en, zh = text.split("|", 1)
    return {"en": en.strip(), "zh": zh.strip()}


def first_picture(model: Published) -> str | None:
    """The golden sample as a data URL: there before any network is loaded, behind the login."""
    path = _sample(model)
    return path and "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()


def thumb(model: Published) -> str | None:
    """The golden sample, small."""
    path = _sample(model)
    return path and _small(path, path.stat().st_mtime_ns)


def _sample(model: Published) -> Path | None:
    """Where the golden sample lies, if it is a picture."""
    if model.card.folder is None or "file" not in model.card.golden:
        return None
    path = Path(model.card.folder) / Path(model.card.golden["file"]).name
    return path if path.suffix == ".png" and path.is_file() else None


@lru_cache(maxsize=256)
def _small(path: Path, changed: int) -> str:
    """A picture's file as a data URL of at most THUMB pixels a side; `changed`: when it was."""
    with Image.open(path) as image:
        image = image.convert("RGBA")
        image.thumbnail((THUMB, THUMB))
        out = io.BytesIO()
        image.save(out, "WEBP", quality=80)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()
