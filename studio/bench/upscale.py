"""Enlarging 320x180 to 1280x720 beside EDSR-baseline, and the memory of a 48-megapixel result.

EDSR-baseline (Lim et al. 2017, arXiv 1707.02921: 16 residual blocks of 64 channels, 1.5 M
parameters) is built here with random weights and run as it is, eager and in float32: its time does
not depend on its weights.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from studio.bench import Row

SMALL = (180, 320)
ROUNDS = 3  # EDSR takes a second or two each
LARGE = (1500, 2000)  # four times this is 48 megapixels
LIMIT = 2048.0  # MB

# Peak memory of the child itself, in a process of its own.
CHILD = """
import resource, sys
from studio.commands.run import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
sys.exit(code)
"""


def rows() -> Iterator[Row]:
    """How many times as fast as EDSR-baseline each published x4 network is, and its memory."""
    import numpy as np
    import torch

    from models.answer import answer, default_asked
    from models.registry import cards, family_of
    from models.weights import load_network

    rng = np.random.default_rng(0)
    small = rng.integers(0, 255, (*SMALL, 3), dtype=np.uint8)
    x = torch.from_numpy(small.transpose(2, 0, 1).copy())[None].float() / 127.5 - 1
    edsr = edsr_baseline()
    biggest = ""
    for card in cards().values():
        family = family_of(card)
        config = family.config(card.config)
        if not card.id.startswith("upscale/") or config.scale != 4:
            continue
        asked = [default_asked(family, config, 1)._replace(inputs={"picture": small})]
        network = load_network(card)
        works = {
            "ours": partial(answer, network, family, config, asked),
            "edsr": partial(edsr, x),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        with torch.inference_mode():
            for _ in range(ROUNDS):
                for name, work in works.items():
                    work()  # caches and heap as the other one left them are nobody's time
                    begun = time.perf_counter()
                    work()
                    times[name].append(1000 * (time.perf_counter() - begun))
        ours, reference = (statistics.median(times[name]) for name in ("ours", "edsr"))
        yield Row(
            f"upscale: {card.id}, 320x180 x4", ours, reference, "ms",
            f"EDSR-baseline, {reference / ours:.1f} times as long",
        )  # fmt: skip
        biggest = biggest or (card.id if family.tiling(config, asked[0]) else "")
    if biggest:
        yield Row(
            f"upscale: {biggest}, 48 megapixels", peak(biggest, rng), LIMIT, "MB", "the limit"
        )


def peak(model: str, rng, size: tuple[int, int] = LARGE, more: Sequence[str] = ()) -> float:
    """MB at the most while the command line works on a picture (height, width) and writes the
    file; `more` are further words for it."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "given.png", Path(folder) / "out.jpg"
        coarse = rng.integers(0, 255, (size[0] // 50, size[1] // 50, 3), dtype="uint8")
        Image.fromarray(coarse).resize(size[::-1]).save(given)
        words = [sys.executable, "-c", CHILD, model, "--in", str(given), "-o", str(out), *more]
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{model} could not work on {size[1]}x{size[0]}: {done.stderr}")
        return float(done.stdout.split()[-1])


def edsr_baseline():
    """Our own build of the published layout, (n, 3, h, w) -> (n, 3, 4h, 4w)."""
    import torch
    from torch import nn

    class Block(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = nn.Sequential(
                nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(True), nn.Conv2d(64, 64, 3, padding=1)
            )

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x + self.body(x)

    class Edsr(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.head = nn.Conv2d(3, 64, 3, padding=1)
            self.body = nn.Sequential(
                *(Block() for _ in range(16)), nn.Conv2d(64, 64, 3, padding=1)
            )
            grow = [nn.Conv2d(64, 256, 3, padding=1), nn.PixelShuffle(2)]
            more = [nn.Conv2d(64, 256, 3, padding=1), nn.PixelShuffle(2)]
            self.tail = nn.Sequential(*grow, *more, nn.Conv2d(64, 3, 3, padding=1))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            x = self.head(x)
            return self.tail(x + self.body(x))

    return Edsr().eval()
