"""python -m models.golden MODEL --seed N: which result a person sees first.

Golden samples: one result of a fixed request, which the same weights must give again.

Families that take a file in get one made here, small and always the same, so that they too have
golden samples, cost figures and tests. A kind is one class with `write` and `differs`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from PIL import Image

from models.answer import answer, default_asked, to_picture
from models.family import Asked, Family, Kind
from models.values import TICKS, Notes, Sound, Text, Track

SEED = 1
RATE = 16000  # samples a second of the made sound


class Golden(Protocol):
    """How one kind of result is kept and compared."""

    file: str

    def write(self, value: Any, path: Path) -> dict[str, Any]:
        """Write the file; facts for the card."""

    def differs(self, value: Any, path: Path) -> str:
        """What is different in one sentence, empty where nothing is."""


class GoldenPicture:
    """PNG; two grey levels are forgiven, since another processor may round differently."""

    file = "golden.png"

    def write(self, value: torch.Tensor, path: Path) -> dict[str, Any]:
        picture = to_picture(value)
        image = Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture)
        image.save(path, optimize=False)
        return {"mean": round(float(np.mean(picture)), 3)}

    def differs(self, value: torch.Tensor, path: Path) -> str:
        picture, kept = to_picture(value), np.asarray(Image.open(path))
        kept = kept[..., None] if kept.ndim == 2 else kept
        if picture.shape != kept.shape:
            return f"the size is {picture.shape}, not {kept.shape}"
        most = int(np.abs(picture.astype(int) - kept.astype(int)).max())
        return f"a pixel is {most} grey levels off" if most > 2 else ""


class GoldenSound:
    """WAV of 16 bits; a tenth of the spectrum is forgiven, since phases are found in rounds."""

    file = "golden.wav"

    def write(self, value: Sound, path: Path) -> dict[str, Any]:
        import soundfile

        soundfile.write(path, value.samples, value.rate, "PCM_16")
        return {"mean": round(float(np.abs(value.samples).mean()), 5)}

    def differs(self, value: Sound, path: Path) -> str:
        import soundfile

        kept, rate = soundfile.read(path, dtype="float32")
        if (len(value.samples), value.rate) != (len(kept), rate):
            return f"{len(value.samples)} samples at {value.rate}, not {len(kept)} at {rate}"
        kept, ours = _loudness(kept), _loudness(value.samples.clip(-1, 1))  # as the file holds it
        off = float((ours - kept).norm() / kept.norm().clamp(min=1e-6))
        return f"its spectrum is {off:.0%} off" if off > 0.1 else ""


def _loudness(samples: np.ndarray) -> torch.Tensor:
    """Magnitudes of a short-time spectrum; phases may turn where a sum is rounded otherwise."""
    window = torch.hann_window(256)
    sound = torch.from_numpy(np.ascontiguousarray(samples, np.float32))
    return torch.stft(sound, 256, 64, window=window, return_complex=True).abs()


class GoldenText:
    """UTF-8, word for word: sampling is done in float32 so that pieces agree."""

    file = "golden.txt"

    def write(self, value: Text, path: Path) -> dict[str, Any]:
        path.write_text(value.text, encoding="utf-8")
        return {"pieces": len(value.tokens)}

    def differs(self, value: Text, path: Path) -> str:
        kept = path.read_text(encoding="utf-8")
        return "" if value.text == kept else f"the text is {value.text!r}, not {kept!r}"


class GoldenNotes:
    """JSON of the tracks; one note in fifty is forgiven, since a sum that is rounded otherwise may
    turn a close choice."""

    file = "golden.json"

    def write(self, value: Notes, path: Path) -> dict[str, Any]:
        rows = {t.name: t.rows[:, :3].tolist() for t in value.tracks}
        text = json.dumps({"ticks": value.ticks, "tracks": rows}, separators=(",", ":"))
        path.write_text(text + "\n", encoding="utf-8")
        return {"notes": sum(map(len, rows.values()))}

    def differs(self, value: Notes, path: Path) -> str:
        kept = json.loads(path.read_text(encoding="utf-8"))
        ours = {(t.name, *row) for t in value.tracks for row in t.rows[:, :3].tolist()}
        theirs = {(name, *row) for name, rows in kept["tracks"].items() for row in rows}
        if value.ticks != kept["ticks"]:
            return f"the length is {value.ticks}, not {kept['ticks']}"
        other = len(ours ^ theirs) / 2
        return f"{other:g} notes differ" if other > len(theirs) / 50 else ""


GOLDEN: dict[Kind, Golden] = {
    "picture": GoldenPicture(),
    "sound": GoldenSound(),
    "notes": GoldenNotes(),
    "text": GoldenText(),
}


def golden_asked(family: Family, config: Any, seed: int = SEED) -> Asked:
    """The fixed request: every control at its default, made files for what must be given."""
    asked = default_asked(family, config, seed)
    return asked._replace(inputs={t.name: example(t.kind) for t in family.takes if t.required})


def golden_value(
    family: Family,
    config: Any,
    network: torch.nn.Module,
    device: torch.device | str = "cpu",
    seed: int = SEED,
) -> Any:
    """What the network answers to it; of a family that works in steps the last value."""
    with torch.inference_mode():
        output = answer(network, family, config, [golden_asked(family, config, seed)], device)
        if isinstance(output, Iterator):
            *_, (_, output) = output
    return output[0]


def write_golden(
    family: Family, config: Any, network: torch.nn.Module, folder: Path, seed: int = SEED
) -> dict[str, Any]:
    """Write the golden sample beside the weights; its facts for the card.

    It is also what a person sees first: `python -m models.golden` chooses a good one.
    """
    kind = GOLDEN[family.gives]
    value = golden_value(family, config, network, seed=seed)
    return {"file": kind.file, "seed": seed, **kind.write(value, folder / kind.file)}


def example(kind: Kind) -> Any:
    """A small input of one kind: a made-up landscape; a falling tone; a tune with a beat."""
    if kind == "picture":
        return _landscape()
    if kind == "sound":
        time = np.arange(RATE // 2) / RATE
        tone = 0.5 * np.sin(2 * np.pi * (440 * time - 200 * time**2)) * np.exp(-4 * time)
        return Sound(tone.astype(np.float32), RATE)
    if kind == "notes":
        pitches = (67, 69, 71, 72, 74, 71, 67, 69, 71, 74, 72, 71, 69, 66, 67, 67)
        tune = [[i * TICKS, p, TICKS, 90] for i, p in enumerate(pitches)]
        beat = [[i * TICKS // 2, (36, 42, 38, 42)[i % 4], 60, 100] for i in range(32)]
        tracks = (("tune", tune, False), ("beat", beat, True))
        parts = tuple(Track(n, np.array(r, np.int32), 0, drums) for n, r, drums in tracks)
        return Notes(parts, 100, 16 * TICKS)
    if kind == "text":
        return "a cat sits on a red chair ."
    raise ValueError(f"no example of kind {kind!r}")


def _landscape() -> np.ndarray:
    """uint8 (40, 48, 3): sun, hills and water, with edges, slopes and grain. What a model makes of
    it is also its picture in the page's list."""
    y, x = np.mgrid[0:40, 0:48].astype(np.float64)
    scene = np.stack([110 + 5 * y, 160 + 3 * y, 235 - y], -1)  # the sky

    def paint(where: np.ndarray, *colour: Any) -> None:
        scene[where] = np.stack(np.broadcast_arrays(*colour, y), -1)[where][:, :3]

    paint(np.hypot(x - 33, y - 9) < 5, 255, 225, 150)
    paint(y > 17 - 5 * np.sin(x / 7), 95 + x, 120 + x / 2, 130)
    paint(y > 21 + 3 * np.sin(x / 5 + 2), 70 + x, 125, 60)
    paint(y > 27, 60 + 2 * y + 25 * np.sin(2 * y + x / 6), 120 + y, 165 + y)  # water
    paint((y > 24) & (np.abs(x - 10) < (y - 22) / 3), 150, 70, 50)
    grain = np.random.RandomState(3).randint(-9, 10, scene.shape)
    return np.clip(scene + grain, 0, 255).astype(np.uint8)


def main(words: list[str] | None = None) -> int:
    """Write a published model's golden sample with another seed. Exit 2 on an unknown model."""
    from models.registry import cards, family_of
    from models.weights import load_network

    parser = argparse.ArgumentParser(prog="python -m models.golden", description=main.__doc__)
    parser.add_argument("model")
    parser.add_argument("--seed", type=int, required=True)
    asked = parser.parse_args(words)
    card = cards().get(asked.model)
    if card is None:
        print(f"No published model is called {asked.model!r}.", file=sys.stderr)
        return 2
    family = family_of(card)
    config, network = family.config(card.config), load_network(card)
    golden = write_golden(family, config, network, card.folder, asked.seed)
    dataclasses.replace(card, golden=golden).save(card.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
