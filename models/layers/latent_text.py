"""From what was asked to a point in the latent space of texts, and from there to a text.

Where nothing is drawn (temperature 0) the likeliest text is looked for, not piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch

from models.family import Asked
from models.layers.beam import WIDE, likeliest, search
from models.layers.known_words import KnownWords
from models.layers.nearby import agreed, around
from models.layers.semi_amortised import latents
from models.layers.verse import Verse
from models.layers.walk import plane
from models.layers.writing import write, written
from models.values import Token

SHARES = (("blend", 0.0), ("strength", 1.0))  # and what holds where a family has no such control
SECOND = "_2"  # after a condition's name: the option that is blended in


def texts(
    network, config, asked: Sequence[Asked], noise: torch.Tensor
) -> Iterator[tuple[float, Any]]:
    """Steps of (fraction, [Text]) for one request; several are only told at the end."""

    def steps(one: Asked, row: int) -> Iterator[list[Token]]:
        wish = wishes(network, config, one)
        most, opening = int(one.controls["length"]), one.controls["opening"]
        guide, vocabulary = rules(network, one.controls), network.vocabulary

        def told(z: torch.Tensor) -> torch.Tensor:
            return network.told(z, wish if wish is None else wish.expand(len(z), -1))

        def several(spots: torch.Tensor) -> tuple[Callable, Callable]:
            return agreed(network, told(spots), WIDE)

        z = point(network, config, one, noise[row])[None]
        if share := between(network, one):
            said = search(*several(z), most, vocabulary.encode(opening), guide)
            text = vocabulary.decode(said.pieces)  # what one spot says is read again
            z = torch.lerp(z, network.read([text]), share)
        if one.controls["temperature"] == 0:  # nothing is drawn: look for the likeliest
            return iter([likeliest(*several(around(z)), vocabulary, most, opening, guide)])
        begin, step = agreed(network, told(z), 1)
        return write(begin, step, vocabulary, one.seed, one.controls, most, opening, guide)

    return written(asked, steps)


def between(network, asked: Asked) -> float:
    """How much a spot between two texts gives way to what is read in its own text: no text was ever
    read there, and a text that is written, read and written again is more like those that were
    (Rezende, Mohamed, Wierstra 2014, arXiv 1401.4082, section 5). All of it from a fifth of the way
    to four fifths, nothing at the ends, which are texts already."""
    walk = asked.controls["walk"] if asked.controls["towards"] else 0.0
    return 0.0 if network.sizes else min(1.0, 6 * walk * (1 - walk))


def point(network, config, asked: Asked, noise: torch.Tensor) -> torch.Tensor:
    """The latent (latent,) that a request names: seed or sentence, walked, added to, turned."""
    controls = asked.controls
    here = noise * controls["spread"]
    given = {n: controls[n] for n in ("sentence", "towards", "minus", "plus") if controls[n]}
    read = {name: _read(network, text, config.most) for name, text in given.items()}
    if "sentence" in read:
        # the pad moves on from the sentence: in its middle the sentence is what it is
        middle = torch.from_numpy(plane(asked.seed, (0.0, 0.0), config.latent)).to(noise)
        here = read["sentence"] + (noise - middle + middle * controls["stray"]) * controls["spread"]
    if "towards" in read:
        here = torch.lerp(here, read["towards"], controls["walk"])
    here = here - read.get("minus", 0.0) + read.get("plus", 0.0)
    turns = [controls[f"theme_{name}"] for name, *_ in config.themes]
    if turns:
        here = here + here.new_tensor(turns) @ network.directions
    return here


def _read(network, text: str, most: int) -> torch.Tensor:
    """Where a text is, (latent,); told a condition, a guess: it is not known for one"""
    return network.read([text])[0] if network.sizes else latents(network, text, most)


def rules(network, controls: Mapping[str, Any]) -> Verse | KnownWords | None:
    """What a quatrain is held to, or a text to known words; None for texts without rules."""
    if controls.get("known"):
        return KnownWords(network.known)
    if "rhyme" not in controls:
        return None
    wish = (controls[name] for name in ("form", "rhyme", "hold", "sparing"))
    return Verse(network.vocabulary, *wish)


def wishes(network, config, asked: Asked) -> torch.Tensor | None:
    """The chosen option of every condition, two of them blended where that is asked, (1, sizes)"""
    if not config.conditions:
        return None

    def chosen(which: str) -> torch.Tensor:
        names = zip(config.conditions, config.names, strict=True)
        wish = asked.controls
        numbers = [n.index(wish.get(column + which, wish[column])) for column, n in names]
        return network.hot(torch.tensor([numbers], dtype=torch.int64))

    share, strength = (asked.controls.get(name, usual) for name, usual in SHARES)
    hot = chosen("").lerp(chosen(SECOND), share) if share else chosen("")
    return hot * strength
